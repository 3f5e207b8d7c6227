import Testing

@testable import Tables

@Suite("Tables in other encodings and formats")
struct EncodedTableTests {
    private static let text =
        "größe,art\n" + (0..<40).map { "\($0 % 7),\($0 % 2 == 0 ? "Ähre" : "Öl")\n" }.joined()

    private func wide(_ text: String, isLittle: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
            return isLittle ? bytes : bytes.reversed()
        }
    }

    private func read(_ bytes: [UInt8]) throws -> TrainingTable {
        try TrainingTable(bytes.span, threads: 2)
    }

    @Test("a table in UTF-16 is converted, and said", arguments: [true, false], ["", "\u{FEFF}"])
    func utf16(_ isLittle: Bool, _ mark: String) throws {
        let table = try read(wide(mark + Self.text, isLittle: isLittle))
        #expect(table.columns == ["größe", "art"])
        #expect(table.data.classes == ["Ähre", "Öl"])
        #expect(table.decisions.first == "the file is UTF-16")
        #expect(table.sample.first == ["0", "Ähre"])
    }

    @Test("a table in a one-byte encoding is converted, and said")
    func latin() throws {
        let table = try read(Self.text.unicodeScalars.map { UInt8($0.value) })
        #expect(table.data.classes == ["Ähre", "Öl"])
        #expect(table.decisions.first?.hasSuffix("if letters look wrong, convert it to UTF-8") == true)
        #expect(table.warnings.isEmpty)
    }

    @Test("UTF-8 is read without a word, and a wrong byte in it with a warning")
    func utf8() throws {
        let table = try read(Array(Self.text.utf8))
        #expect(!table.says("UTF-8"))
        let broken = try read(Array((Self.text + "3,Ähr").utf8) + [0xE9] + Array("\n4,Öl\n".utf8))
        #expect(broken.decisions.first == "the file is UTF-8 with wrong bytes")
        #expect(broken.warnings.first?.contains("line 42") == true)
    }

    @Test("a file that is no text table is refused by its format")
    func formats() {
        let rows = Array(Self.text.utf8)
        for (bytes, format) in [
            ([0x1F, 0x8B, 8, 0] + rows, FileFormat.compressed(.gzip)),
            (Array("PAR1".utf8) + [0] + Array("PAR1".utf8), .binaryTable(.parquet)),
            (Array("[{\"size\": 4}]".utf8), .jsonArray), (Array("<!DOCTYPE html><p>".utf8), .html),
        ] {
            #expect(throws: TableError.csv(.format(format))) { try TrainingTable(bytes.span, threads: 1) }
        }
        #expect(throws: TableError.csv(.format(.binary(line: 42)))) {
            try read(rows + [0x33, 0x2C, 0x00, 0x0A] + rows)
        }
    }
}
