import Glibc

/// Converts text of one encoding to UTF-8 with the C library's iconv.
@safe struct Converter: ~Copyable {
    /// Text in UTF-8, and what of the source was not valid.
    struct Output {
        var utf8: [UInt8] = []
        /// The number of U+FFFD that stand for bytes that the encoding does not have.
        var replaced = 0
        /// The offset of the first of them in `utf8`.
        var firstReplaced: Int?

        mutating func replace() {
            firstReplaced = firstReplaced ?? utf8.count
            replaced += 1
            utf8.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
    }

    private let handle: iconv_t
    private let encoding: TextEncoding

    /// The bytes of output that one call of iconv may write.
    private static let piece = 256 << 10

    /// Opens the converter; nil if the C library has none for `encoding` on this machine.
    init?(from encoding: TextEncoding) {
        let opened = unsafe iconv_open("UTF-8", encoding.iconvName)
        // The C library answers -1 for an encoding that it does not know.
        guard let handle = unsafe opened, Int(bitPattern: handle) != -1 else { return nil }
        unsafe self.handle = unsafe handle
        self.encoding = encoding
    }

    deinit { unsafe iconv_close(handle) }

    /// Converts all of `bytes`, which have no byte order mark; nil if `isCancelled` returns true.
    func convert(_ bytes: Span<UInt8>, isCancelled: () -> Bool = { false }) -> Output? {
        var output = Output()
        output.utf8.reserveCapacity(bytes.count + bytes.count / 8)
        var (position, nextCheck) = (0, 0)
        // One buffer for all calls: where every other byte is wrong, there are millions of them.
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.piece) { buffer in
            unsafe bytes.withUnsafeBytes { source in
                while position < source.count {
                    if position >= nextCheck {
                        guard !isCancelled() else { return nil }
                        nextCheck = position + Self.piece
                    }
                    switch unsafe run(source, &position, buffer, &output) {
                    case E2BIG, 0: continue
                    case EINVAL:
                        // The last character is not complete.
                        position = source.count
                        output.replace()
                    default:
                        position = min(source.count, position + encoding.unit)
                        output.replace()
                    }
                }
                return output
            }
        }
    }

    /// Converts from `position` on until the end, a wrong byte or a full buffer; returns 0 or the error of iconv.
    private func run(
        _ source: UnsafeRawBufferPointer,
        _ position: inout Int,
        _ buffer: UnsafeMutableBufferPointer<CChar>,
        _ output: inout Output
    ) -> Int32 {
        // iconv does not write to its input, but its parameter has no const.
        let first = unsafe source.baseAddress?.advanced(by: position)
        var input = unsafe UnsafeMutablePointer(mutating: first?.assumingMemoryBound(to: CChar.self))
        var (inputLeft, outputLeft) = (source.count - position, Self.piece)
        var written = buffer.baseAddress
        let result = unsafe iconv(handle, &input, &inputLeft, &written, &outputLeft)
        let code = result == -1 ? errno : 0
        position = source.count - inputLeft
        let filled = unsafe UnsafeRawBufferPointer(buffer)[..<(Self.piece - outputLeft)]
        unsafe output.utf8.append(contentsOf: filled)
        return code
    }
}
