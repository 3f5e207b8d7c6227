import Testing

@testable import Tables

@Suite("Cyrillic tables in small letters")
struct CyrillicTableTests {
    @Test("are read in their own encoding", arguments: [TextEncoding.windows1251, .koi8R])
    func names(_ encoding: TextEncoding) throws {
        let rows = (0..<90).map { "\(20 + $0 % 40);\(["дуб", "клён", "ясень"][$0 % 3]);\($0 * 7)\n" }
        let text = "высота;порода;цена\n" + rows.joined()
        let bytes = text.unicodeScalars.map { scalar -> UInt8 in
            guard scalar.value >= 0x80 else { return UInt8(scalar.value) }
            return Self.byte(scalar, encoding)
        }
        let table = try TrainingTable(bytes.span, threads: 1)
        #expect(table.columns == ["высота", "порода", "цена"])
        #expect(table.feature("порода")?.kind == .categorical(labels: ["дуб", "клён", "ясень"]))
    }

    /// The small letters of KOI8-R from 0xC0 on.
    private static let koi = Array("юабцдефгхийклмнопярстужвьызшэщчъ".unicodeScalars)

    private static func byte(_ scalar: Unicode.Scalar, _ encoding: TextEncoding) -> UInt8 {
        if encoding == .koi8R {
            return scalar == "ё" ? 0xA3 : UInt8(0xC0 + (koi.firstIndex(of: scalar) ?? 0))
        }
        return scalar == "ё" ? 0xB8 : UInt8(scalar.value - 0x430 + 0xE0)
    }
}
