import Glibc

/// Texts in the charsets that headers name, such as `iso-8859-1`.
package enum Charset {
    /// The text that `bytes` are in `charset`; nil if the C library does not know the charset.
    ///
    /// Bytes that the charset does not have become U+FFFD.
    package static func text(_ bytes: [UInt8], in charset: String) -> String? {
        switch charset.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": String(decoding: bytes, as: UTF8.self)
        // What calls itself Latin-1 is Windows' extension of it, as browsers have decided (encoding.spec.whatwg.org).
        case "iso-8859-1", "latin1", "latin-1": converted(bytes, from: "windows-1252") ?? latin1(bytes)
        default: converted(bytes, from: charset)
        }
    }

    private static func latin1(_ bytes: [UInt8]) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func converted(_ bytes: [UInt8], from charset: String) -> String? {
        // Names are ASCII. A slash would ask iconv for more than a charset, such as `//TRANSLIT`.
        guard !charset.isEmpty,
            charset.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }),
            let converter = Converter(from: charset)
        else { return nil }
        return converter.text(bytes)
    }
}

/// A converter to UTF-8 of the C library.
@safe private struct Converter: ~Copyable {
    private let handle: iconv_t

    init?(from charset: String) {
        let opened = unsafe iconv_open("UTF-8", charset)
        // The C library answers -1 for a charset that it does not know.
        guard let handle = unsafe opened, Int(bitPattern: handle) != -1 else { return nil }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe iconv_close(handle) }

    func text(_ bytes: [UInt8]) -> String {
        var (source, text, position) = (bytes, [UInt8](), 0)
        // A byte becomes at most three, and a converter may write a mark first.
        var room = [UInt8](repeating: 0, count: 3 * min(source.count, 64 << 10) + 16)
        while position < source.count {
            let (read, written) = unsafe source.withUnsafeMutableBytes { buffer in
                unsafe piece(UnsafeMutableRawBufferPointer(rebasing: buffer[position...]), into: &room)
            }
            text += room[..<written]
            position += read
            guard read == 0 else { continue }
            // A byte that the charset does not have, or the beginning of a character at the end.
            text += Array("\u{FFFD}".utf8)
            position += 1
        }
        // Where a mark may follow a letter, as in Hebrew's charset, the converter holds back the last letter.
        let last = unsafe piece(nil, into: &room)
        text += room[..<last.written]
        return String(decoding: text, as: UTF8.self)
    }

    /// Converts the beginning of `source`, or what was held back if it is nil; returns how many bytes were read and
    /// written.
    private func piece(_ source: UnsafeMutableRawBufferPointer?, into room: inout [UInt8]) -> (
        read: Int, written: Int
    ) {
        let length = unsafe source?.count ?? 0
        var (input, inputLeft) = unsafe (source?.baseAddress?.assumingMemoryBound(to: CChar.self), length)
        var outputLeft = room.count
        unsafe room.withUnsafeMutableBytes { buffer in
            var output = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = unsafe iconv(handle, &input, &inputLeft, &output, &outputLeft)
        }
        return (length - inputLeft, room.count - outputLeft)
    }
}
