/// The parts of a file that tell its encoding: all bytes that are not ASCII, with the bytes beside them.
struct TextSample {
    private(set) var bytes: [UInt8] = []

    /// The bytes beside a byte that is not ASCII: enough to see a word's start, and the end of a character that follows.
    private static let margin = 4
    /// The size at which the sample ends, in bytes.
    private static let limit = 1 << 20

    /// Collects from the start of `file` on; the parts have a line end between them.
    init(_ file: Span<UInt8>) {
        var position = 0
        while bytes.count < Self.limit, let first = Self.firstHigh(file, from: position) {
            let start = max(position, first - Self.margin)
            var last = first
            var end = first + 1
            while end < file.count, end - last <= 2 * Self.margin {
                if file[end] >= 0x80 { last = end }
                end += 1
            }
            end = min(file.count, last + 1 + Self.margin)
            for index in start..<end { bytes.append(file[index]) }
            bytes.append(0x0A)
            position = end
        }
    }

    /// The offset of the first byte from `start` on that is not ASCII; eight bytes at a time.
    private static func firstHigh(_ file: Span<UInt8>, from start: Int) -> Int? {
        var position = start
        unsafe file.withUnsafeBytes { bytes in
            while position + 8 <= bytes.count,
                unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080
                    == 0
            { position += 8 }
        }
        while position < file.count, file[position] < 0x80 { position += 1 }
        return position < file.count ? position : nil
    }
}
