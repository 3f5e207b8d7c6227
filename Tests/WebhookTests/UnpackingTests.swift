import Foundation
import Unpacking
import Testing

@Suite("Packed content")
struct UnpackingTests {
    /// "nine of nine" in the formats that senders use.
    private static let packed: [(String, [UInt8])] = [
        ("gzip", bytes("1f8b0800000000000203cbcbcc4b55c84f53c803d200941f48890c000000")),
        ("zlib", bytes("789ccbcbcc4b55c84f53c803d2001cd1046a")),
        ("raw deflate", bytes("cbcbcc4b55c84f53c803d200")),
    ]

    private static func bytes(_ digits: String) -> [UInt8] {
        var rest = digits[...]
        var bytes: [UInt8] = []
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    @Test("each format is unpacked", arguments: packed)
    func unpack(_ name: String, _ bytes: [UInt8]) throws {
        #expect(String(decoding: try PackedContent.unpack(bytes, upTo: 100), as: UTF8.self) == "nine of nine")
    }

    @Test("several packed parts in a row are one content")
    func parts() throws {
        let twice = Self.packed[0].1 + Self.packed[0].1
        let content = try PackedContent.unpack(twice, upTo: 24)
        #expect(String(decoding: content, as: UTF8.self) == "nine of ninenine of nine")
    }

    @Test("content over the limit is refused before it is unpacked whole")
    func limit() {
        for (_, bytes) in Self.packed {
            #expect(throws: PackedContent.Failure.tooLarge(limit: 11)) {
                try PackedContent.unpack(bytes, upTo: 11)
            }
        }
    }

    @Test("what is not packed, or cut off, is refused")
    func broken() {
        let gzip = Self.packed[0].1
        for bytes in [[], Array("plain text".utf8), Array(gzip.dropLast(9)), gzip + [1, 2, 3]] {
            #expect(throws: PackedContent.Failure.broken) { try PackedContent.unpack(bytes, upTo: 100) }
        }
    }

    @Test("a long text that the charset does not have is read in linear time", .timeLimit(.minutes(1)))
    func foreignBytes() {
        let bytes = [UInt8](repeating: 0xFF, count: 200_000)
        #expect(Charset.text(bytes, in: "euc-jp")?.unicodeScalars.count == bytes.count)
    }

    @Test("text in a charset becomes the same text; an unknown charset is nil")
    func charsets() {
        #expect(Charset.text([0x93, 0xE9, 0x94], in: "ISO-8859-1") == "\u{201C}é\u{201D}")
        #expect(Charset.text([0xC4, 0xE3], in: "GBK") == "你")
        #expect(Charset.text([0x61, 0xE3, 0x28, 0x62], in: "euc-jp") == "a\u{FFFD}(b")
        #expect(Charset.text([0xF9, 0xEC, 0xE5, 0xED], in: "windows-1255") == "שלום")
        #expect(Charset.text([0xFF], in: "shift_jis") == "\u{FFFD}")
        #expect(Charset.text([], in: "shift_jis") == "")
        #expect(Charset.text([0x61], in: "utf-8//TRANSLIT") == nil)
        #expect(Charset.text([0x61], in: "klingon") == nil)
    }
}
