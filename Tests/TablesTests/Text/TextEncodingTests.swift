import Testing

@testable import Tables

@Suite("Text in other encodings")
struct TextEncodingTests {
    static let texts: [(encoding: TextEncoding, text: String)] = [
        (.utf16LittleEndian, "città,età\nForlì,4\nGenova,7\n"),
        (.utf16BigEndian, "город,цена\nПсков,4\nТверь,7\n"),
        (.utf32LittleEndian, "城市,价\n南京,4\n成都,7\n"),
        (.utf32BigEndian, "stad,prijs\nLiège,4\nGent,7\n"),
        (.windows1252, "who,said\nAnn,“they’re here”\nBob,“don’t – yet…”\n"),
        (.latin1, "ville,élève\nNîmes,déçu\nBéziers,gêné\nSète,là\n"),
        (.latin9, "ville,prix\nNîmes,12 €\nBéziers,3 €\nSète,7 €\n"),
        (.macRoman, "Stadt,Wort\nKöln,schön\nFürth,größer\nLübeck,hübsch\n"),
        (.windows1251, "город,слово\nПсков,погода\nТверь,дорога\nОмск,книга\n"),
        (.koi8R, "город,слово\nПсков,погода\nТверь,дорога\nОмск,книга\n"),
        (.gb18030, "城市,等级\n南京,优秀\n成都,良好\n西安,不及格\n"),
        (.shiftJIS, "都市,メモ\n名古屋,とても良い\n札幌,ふつう\n福岡,データなし\n"),
    ]

    @Test("each encoding is recognised, and its text converted", arguments: texts)
    func encodings(_ encoding: TextEncoding, _ text: String) throws {
        let bytes = try Self.bytes(of: text, in: encoding)
        let source = try #require(try SourceText.decoded(bytes.span))
        #expect(source.encoding == encoding)
        #expect(String(decoding: source.utf8, as: UTF8.self) == text)
        #expect(source.replaced == 0 && source.warning == nil)
    }

    @Test("a byte order mark is obeyed and left out", arguments: texts.filter { $0.encoding.unit > 1 })
    func marks(_ encoding: TextEncoding, _ text: String) throws {
        let bytes = try Self.bytes(of: "\u{FEFF}" + text, in: encoding)
        let source = try #require(try SourceText.decoded(bytes.span))
        #expect(source.encoding == encoding)
        #expect(String(decoding: source.utf8, as: UTF8.self) == text)
    }

    @Test("UTF-8 is not copied, with a mark or without", arguments: ["", "\u{FEFF}"])
    func utf8(_ mark: String) throws {
        let bytes = Array("\(mark)ville,prix\nNîmes,4 €\n南京,5\n".utf8)
        #expect(try SourceText.decoded(bytes.span) == nil)
    }

    @Test("UTF-8 with a wrong byte stays UTF-8, and the byte is counted with its line")
    func brokenUTF8() throws {
        let good = Array("mot,note\nélève,4\nforêt,7\nété,5\n".utf8)
        let source = try #require(try SourceText.decoded((good + [0x61, 0xE9, 0x2C, 0x38, 0x0A]).span))
        #expect(source.encoding == .utf8 && source.replaced == 1 && source.firstReplacedLine == 5)
        #expect(String(decoding: source.utf8, as: UTF8.self).hasSuffix("été,5\na\u{FFFD},8\n"))
        #expect(source.warning?.contains("line 5") == true)
    }

    @Test("bytes that Windows-1252 does not have are replaced and counted")
    func undefined() throws {
        let row = Array("Ann,".utf8) + [0x93, 0x6F, 0x68, 0x94, 0x0A]
        let bytes = Array("who,said\n".utf8) + (0..<9).flatMap { _ in row } + [0x42, 0x2C, 0x81, 0x0A]
        let source = try #require(try SourceText.decoded(bytes.span))
        #expect(source.encoding == .windows1252 && source.replaced == 1 && source.firstReplacedLine == 11)
    }

    @Test("one quotation mark in a long English table is Windows-1252, not Chinese")
    func oneQuote() throws {
        let rows = (0..<300).map { "\($0),plain words\n" }.joined()
        let bytes = Array("id,note\n\(rows)300,it".utf8) + [0x92] + Array("s here\n".utf8)
        #expect(try SourceText.decoded(bytes.span)?.encoding == .windows1252)
    }

    @Test("a cut last character is one replacement")
    func cut() throws {
        let bytes = try Self.bytes(of: "город,цена\nПсков,4\n", in: .utf16LittleEndian) + [0x41]
        let source = try #require(try SourceText.decoded(bytes.span))
        #expect(source.encoding == .utf16LittleEndian && source.replaced == 1)
    }

    @Test("wrong and NUL bytes are found wherever they are, on one thread and on several", arguments: [1, 4])
    func check(_ threads: Int) {
        let text = Array("naïve €5 \u{1F333} plain ".utf8)
        let bytes = (0..<200_000).flatMap { _ in text }
        #expect(UTF8Check(bytes.span, threads: threads).isClean)
        for offset in [0, 7, 4_095, 4_096, 1_048_577, 3_000_001, bytes.count - 1] {
            var wrong = bytes
            wrong[offset] = 0xFF
            let found = UTF8Check(wrong.span, threads: threads)
            // A byte that replaced a part of a character makes that character wrong from its start.
            #expect(found.firstInvalid.map { offset - 3...offset ~= $0 } == true && found.firstNUL == nil)
            wrong = bytes
            wrong[offset] = 0
            #expect(UTF8Check(wrong.span, threads: threads).firstNUL == offset)
        }
    }

    /// The bytes of `text`, each character converted by a search in the converter's own output.
    ///
    /// Texts of one byte a character are searched among all bytes, others among all pairs.
    private static func bytes(of text: String, in encoding: TextEncoding) throws -> [UInt8] {
        if encoding.unit > 1 { return wide(text, encoding) }
        guard let converter = Converter(from: encoding) else { throw CSVError.noConverter(encoding) }
        var codes: [String: [UInt8]] = [:]
        for first in UInt8(0x20)...0xFF {
            add([first], converter, to: &codes)
            guard first > 0x80, encoding == .gb18030 || encoding == .shiftJIS else { continue }
            for second in UInt8(0x40)...0xFE { add([first, second], converter, to: &codes) }
        }
        return try text.unicodeScalars.flatMap { $0 == "\n" ? [0x0A] : try #require(codes["\($0)"]) }
    }

    private static func add(
        _ bytes: [UInt8],
        _ converter: borrowing Converter,
        to codes: inout [String: [UInt8]]
    ) {
        guard let output = converter.convert(bytes.span), output.replaced == 0 else { return }
        let text = String(decoding: output.utf8, as: UTF8.self)
        if codes[text] == nil { codes[text] = bytes }
    }

    private static func wide(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
        let isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
        let units = encoding.unit == 2 ? text.utf16.map(UInt32.init) : text.unicodeScalars.map(\.value)
        return units.flatMap { unit in
            let bytes = (0..<encoding.unit).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32($0))) }
            return isLittle ? bytes : bytes.reversed()
        }
    }
}
