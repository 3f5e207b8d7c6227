import Testing

@testable import Tables

@Suite("The encoding of a table")
struct EncodingCases {
    private static let cities = ["Köln", "Zürich", "Málaga"]

    private static var text: String {
        CaseTable.text("place,b,kind") { "\(cities[$0 % 3]),\($0 % 7),\(["u", "v"][$0 % 2])" }
    }

    /// `text` in a wide encoding.
    private static func wide(_ text: String, _ unit: Int, isBig: Bool, mark: Bool) -> [UInt8] {
        let values =
            unit == 2
            ? text.utf16.map { UInt32($0) } : text.unicodeScalars.map(\.value)
        return ((mark ? [0xFEFF] : []) + values).flatMap { value in
            let bytes = (0..<unit).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
            return isBig ? bytes.reversed() : bytes
        }
    }

    @Test("may be UTF-16 or UTF-32, with a mark or without", arguments: [2, 4], [true, false])
    func wide(_ unit: Int, _ isBig: Bool) throws {
        for mark in [true, false] {
            let bytes = Self.wide(Self.text, unit, isBig: isBig, mark: mark)
            let table = try CaseTable(bytes: bytes)
            #expect(
                table.categories("place") == Self.cities.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            )
            #expect(table.says("UTF-\(unit * 8)"))
        }
    }

    @Test("may be UTF-8 with a mark")
    func utf8() throws {
        #expect(
            try CaseTable(bytes: [0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)).table.columns.first == "place"
        )
    }

    /// A byte for each letter of a text, by a table.
    private static func bytes(_ text: String, _ table: [Character: [UInt8]]) -> [UInt8] {
        text.flatMap { table[$0] ?? Array(String($0).utf8) }
    }

    static let tables: [(name: String, cities: [String], bytes: [Character: [UInt8]])] = [
        ("ISO-8859-1", ["Köln", "Málaga"], ["ö": [0xF6], "á": [0xE1]]),
        (
            "Windows-1252", ["“Köln”", "Café – Bar"],
            ["ö": [0xF6], "é": [0xE9], "“": [0x93], "”": [0x94], "–": [0x96]]
        ),
        ("ISO-8859-15", ["Œuvre € ", "Köln"], ["Œ": [0xBC], "€": [0xA4], "ö": [0xF6]]),
        ("Mac Roman", ["Köln", "Zürich"], ["ö": [0x9A], "ü": [0x9F]]),
        (
            "KOI8-R", ["Москва", "Томск"],
            [
                "М": [0xED], "о": [0xCF], "с": [0xD3], "к": [0xCB], "в": [0xD7], "а": [0xC1], "Т": [0xF4],
                "м": [0xCD],
            ]
        ),
        (
            "Windows-1251", ["Москва", "Томск"],
            [
                "М": [0xCC], "о": [0xEE], "с": [0xF1], "к": [0xEA], "в": [0xE2], "а": [0xE0], "Т": [0xD2],
                "м": [0xEC],
            ]
        ),
        (
            "GB18030", ["北京", "上海"],
            ["北": [0xB1, 0xB1], "京": [0xBE, 0xA9], "上": [0xC9, 0xCF], "海": [0xBA, 0xA3]]
        ),
        (
            "Shift-JIS", ["東京", "大阪"],
            ["東": [0x93, 0x8C], "京": [0x8B, 0x9E], "大": [0x91, 0xE5], "阪": [0x8D, 0xE3]]
        ),
    ]

    @Test("is recognised and said", arguments: tables.indices)
    func recognised(_ index: Int) throws {
        let (name, cities, bytes) = Self.tables[index]
        let text = CaseTable.text("place,b,kind") { "\(cities[$0 % 2]),\($0 % 7),\(["u", "v"][$0 % 2])" }
        let table = try CaseTable(bytes: Self.bytes(text, bytes))
        let places = Set(table.categories("place") ?? [])
        #expect(places == Set(cities.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }))
        #expect(table.says(name))
    }

    @Test("may be broken in one byte, which is said with its line")
    func broken() throws {
        let table = try CaseTable(
            bytes: Array(Self.text.utf8) + Array("K".utf8) + [0xC3] + Array("ln,3,u\n".utf8)
        )
        #expect(table.rows == 49)
        #expect(table.warns("line 50"))
    }
}

@Suite("A file that is no text table")
struct FormatCases {
    private static let rows = (0..<30).map { "{\"len\": \($0 % 7), \"kind\": \"\(["u", "v"][$0 % 2])\"}" }

    static let texts: [(String, String)] = [
        ("JSON Lines", rows.joined(separator: "\n") + "\n"),
        ("JSON Lines", "\u{FEFF}" + rows.joined(separator: "\r\n")),
        ("JSON array", "[\n  " + rows.joined(separator: ",\n  ") + "\n]\n"),
        ("JSON array", "[" + rows.joined(separator: ", ") + "]"),
        ("JSON array", "[[1, 2, \"u\"], [2, 3, \"v\"]]"),
        ("JSON object", "{\"len\": [1, 2], \"kind\": [\"u\", \"v\"]}"),
        ("JSON object", "{\n  \"type\": \"FeatureCollection\", \"features\": []\n}\n"),
        ("HTML", "\n<!DOCTYPE html>\n<html><body>Not found, sorry</body></html>\n"),
        ("HTML", "<table><tr><td>1</td></tr></table>"),
        ("XML", "<?xml version=\"1.0\"?>\n<rows><row a=\"1\"/></rows>\n"),
        ("PDF", "%PDF-1.4\n1 0 obj\n"),
        ("Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"),
    ]

    @Test("is named for what it is", arguments: texts)
    func text(_ name: String, _ text: String) throws {
        let error = try #require(CaseTable.error(text))
        #expect(error.description.contains(name))
    }

    static let binaries: [(String, [UInt8])] = [
        ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04]), ("gzip", [0x1F, 0x8B, 0x08, 0x00]),
        ("bzip2", Array("BZh91AY&SY".utf8)), ("zstd", [0x28, 0xB5, 0x2F, 0xFD]),
        ("ZIP", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]), ("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        ("Parquet", Array("PAR1".utf8)), ("Feather", Array("ARROW1".utf8) + [0, 0]),
        ("ORC", Array("ORC".utf8)),
        ("SQLite", Array("SQLite format 3".utf8) + [0]),
        ("Excel", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        ("pickle", [0x80, 0x04, 0x95, 0x1A, 0, 0, 0, 0, 0, 0, 0, 0x7D]),
        ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("NumPy", [0x93] + Array("NUMPY".utf8) + [1, 0]),
        ("HDF5", [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
    ]

    @Test("is named for what it is by its first bytes", arguments: binaries)
    func binary(_ name: String, _ mark: [UInt8]) throws {
        let noise = (0..<400).map { UInt8(truncatingIfNeeded: $0 * 181 + 7) }
        let end = ["Parquet": mark, "ORC": mark + [23]][name] ?? []
        let error = try #require(CaseTable.error(bytes: mark + noise + end))
        #expect(error.description.contains(name))
        #expect(!error.description.contains("iconv"))
    }

    @Test("has the same answer for training and for the card", arguments: [2, 20, 50])
    func nul(_ place: Int) throws {
        let lines = (0..<48).map { row in
            "\(row % 9),\(row * 3 % 7),\(["u", "v"][row % 2])\(row == place - 2 ? "\0" : "")\n"
        }
        let bytes = Array(("len,wide,kind\n" + lines.joined() + (place == 50 ? "\0\0\0" : "")).utf8)
        let error = CaseTable.error(bytes: bytes)
        #expect(error == .csv(.format(.binary(line: place))))
        let profile = #expect(throws: CSVError.self) { try TableProfile(of: bytes.span, threads: 1) }
        #expect(profile == .format(.binary(line: place)))
    }
}
