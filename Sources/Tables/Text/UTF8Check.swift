import Synchronization
import Threads

/// Looks through a whole file for bytes that are not UTF-8, and for NUL bytes.
package struct UTF8Check: Equatable, Sendable {
    /// The offset of the first NUL byte.
    package private(set) var firstNUL: Int?
    /// The offset of the first byte that is not UTF-8.
    package private(set) var firstInvalid: Int?

    /// Whether the file is UTF-8 without NUL bytes.
    package var isClean: Bool { firstNUL == nil && firstInvalid == nil }

    /// The bytes that a thread checks at once; less is not worth a thread.
    private static let piece = 1 << 20
    /// The bytes that are looked at as ASCII before they are validated.
    private static let block = 4_096

    /// Checks `bytes` on at most `threads` threads.
    package init(_ bytes: Span<UInt8>, threads: Int = 1) {
        let found = Mutex(UTF8Check())
        Parallel.ranges(bytes.count, threads: threads, atLeast: Self.piece) { range in
            let part = UTF8Check(
                bytes,
                in: Self.boundary(range.lowerBound, bytes)..<Self.boundary(range.upperBound, bytes)
            )
            found.withLock { $0.merge(part) }
        }
        self = found.withLock { $0 }
    }

    private init() {}

    private init(_ bytes: Span<UInt8>, in range: Range<Int>) {
        var start = range.lowerBound
        while start < range.upperBound, firstInvalid == nil || firstNUL == nil {
            let end =
                start + Self.block < range.upperBound
                ? Self.boundary(start + Self.block, bytes) : range.upperBound
            check(bytes, start..<end)
            start = end
        }
    }

    private mutating func check(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let signs = Self.signs(bytes, range)
        if signs.hasNUL, firstNUL == nil { firstNUL = range.first { bytes[$0] == 0 } }
        if !signs.isASCII, firstInvalid == nil { firstInvalid = Self.invalid(range, bytes) }
    }

    private mutating func merge(_ other: UTF8Check) {
        firstNUL = [firstNUL, other.firstNUL].compactMap(\.self).min()
        firstInvalid = [firstInvalid, other.firstInvalid].compactMap(\.self).min()
    }

    /// Whether `range` has only ASCII, and whether it has a NUL byte; eight bytes at a time.
    ///
    /// A byte that is not ASCII may count as NUL beside one; the caller looks for the byte itself.
    private static func signs(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (isASCII: Bool, hasNUL: Bool) {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        var (high, zero): (UInt64, UInt64) = (0, 0)
        var position = range.lowerBound
        unsafe bytes.withUnsafeBytes { file in
            while position + 8 <= range.upperBound {
                let word = unsafe file.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                high |= word
                zero |= (word &- ones) & ~word
                position += 8
            }
        }
        var hasNUL = zero & highs != 0
        for index in position..<range.upperBound {
            high |= UInt64(bytes[index])
            hasNUL = hasNUL || bytes[index] == 0
        }
        return (high & highs == 0, hasNUL)
    }

    private static func invalid(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.extracting(range))
            return nil
        } catch {
            return range.lowerBound + error.byteOffsets.lowerBound
        }
    }

    /// The start of the sequence that `position` lies in.
    ///
    /// Text that is cut there is valid exactly if both sides are: a sequence has at most three bytes that continue it.
    private static func boundary(_ position: Int, _ bytes: Span<UInt8>) -> Int {
        guard position < bytes.count else { return bytes.count }
        for start in stride(from: position, through: max(0, position - 3), by: -1)
        where bytes[start] & 0xC0 != 0x80 {
            return start
        }
        return position
    }
}
