import Tables
import Testing

@Suite("Files that are no text tables")
struct FileFormatTests {
    private static let rows = Array("size,kind\n4,oak\n7,ash\n".utf8)

    static let marked: [(format: FileFormat, bytes: [UInt8])] = [
        (.compressed(.gzip), [0x1F, 0x8B, 8, 0]),
        (.compressed(.compress), [0x1F, 0x9D, 0x90]),
        (.compressed(.xz), [0xFD] + Array("7zXZ\0".utf8)),
        (.compressed(.bzip2), Array("BZh91AY&SY".utf8)),
        (.compressed(.zstd), [0x28, 0xB5, 0x2F, 0xFD]),
        (.compressed(.lz4), [0x04, 0x22, 0x4D, 0x18]),
        (.archive(.sevenZip), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        (.archive(.rar), Array("Rar!\u{1A}\u{7}\0".utf8)),
        (.archive(.tar), Array("trees.csv".utf8) + [UInt8](repeating: 0, count: 248) + Array("ustar".utf8)),
        (.archive(.zip), zip("trees.csv")),
        (.office(.excel), zip("[Content_Types].xml") + Array("PK xl/workbook.xml".utf8)),
        (.office(.document), zip("[Content_Types].xml") + Array("PK word/document.xml".utf8)),
        (.office(.openDocument), zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")),
        (.office(.oldExcel), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        (.binaryTable(.parquet), Array("PAR1\u{15}\u{4}PAR1".utf8)),
        (.binaryTable(.feather), Array("ARROW1\0\0".utf8)),
        (.binaryTable(.feather), Array("FEA1....FEA1".utf8)),
        (.binaryTable(.orc), Array("ORC....ORC\u{17}".utf8)),
        (.binaryTable(.avro), Array("Obj\u{1}\u{4}".utf8)),
        (.binaryTable(.hdf5), [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
        (.binaryTable(.numpy), [0x93] + Array("NUMPY\u{1}".utf8)),
        (.binaryTable(.stata), Array("<stata_dta><header>".utf8)),
        (.binaryTable(.spss), Array("$FL2@(#) SPSS DATA FILE".utf8)),
        (.binaryTable(.r), Array("RDX3\nX\n".utf8)),
        (.pickle, [0x80, 0x04, 0x95]),
        (.database, Array("SQLite format 3\0".utf8)),
        (.pdf, Array("%PDF-1.7\n".utf8)),
        (.picture(format: "PNG"), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]),
        (.picture(format: "JPEG"), [0xFF, 0xD8, 0xFF, 0xE0]),
        (.picture(format: "GIF"), Array("GIF89a".utf8)),
        (.picture(format: "WEBP"), Array("RIFF....WEBPVP8 ".utf8)),
        (.program, [0x7F, 0x45, 0x4C, 0x46, 2]),
        (.lfsPointer, Array("version https://git-lfs.github.com/spec/v1\n".utf8)),
        (.html, Array("\n  <!DocType HTML>\n<html>".utf8)),
        (.html, [0xEF, 0xBB, 0xBF] + Array("<HTML lang=en>".utf8)),
        (.html, Array("<?xml version=\"1.0\"?><!DOCTYPE html><html>".utf8)),
        (.xml, Array("<?xml version=\"1.0\"?><trees/>".utf8)),
        (.jsonArray, Array("[ {\"size\": 4}, {\"size\": 7}]".utf8)),
        (.jsonArray, Array("[[4, 7], [1, 2]]".utf8)),
        (.jsonObject, Array("{\n  \"size\": [4, 7]\n}\n".utf8)),
        (.jsonLines, Array("{\"size\": 4}\n{\"size\": 7}\n".utf8)),
        (.arff, Array("@relation trees\n@attribute size numeric\n@data\n4\n".utf8)),
        (.arff, Array("% Trees.\r\n%\r\n\r\n  % By size.\r\n@RELATION 'old trees'\r\n".utf8)),
    ]

    /// The start of a ZIP archive whose first entry has the name and content `name`.
    private static func zip(_ name: String) -> [UInt8] {
        [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26) + Array(name.utf8)
    }

    @Test("a file is named by its marks", arguments: marked)
    func marks(_ format: FileFormat, _ bytes: [UInt8]) {
        #expect(FileFormat(of: bytes.span) == format)
        #expect(throws: CSVError.format(format)) { try SourceText.decoded(bytes.span) }
    }

    @Test(
        "a table that begins a little like another format stays a table",
        arguments: [
            "[size],[kind]\n4,oak\n", "[[size]],kind\n4,oak\n", "PAR1,kind\n4,oak\n", "ORC,kind\n4,oak\n",
            "FEA1,kind\n4,oak\n", "{size},kind\n4,oak\n", "<5,>5\n1,2\n", "PK,kind\n4,oak\n",
            "BZh,kind\n4,oak\n", "@relation,kind\n4,oak\n", "% trees\nsize,kind\n4,oak\n", "%", "@relation",
            "", "\n", "[", "{", "<",
        ]
    )
    func tables(_ text: String) throws {
        let bytes = Array(text.utf8)
        #expect(FileFormat(of: bytes.span) == nil)
        #expect(try SourceText.decoded(bytes.span) == nil)
    }

    @Test("one NUL byte in a good table is refused with its line")
    func oneNUL() {
        let bytes = Self.rows + [0x33, 0x2C, 0x66, 0x00, 0x0A] + Self.rows
        #expect(throws: CSVError.format(.binary(line: 4))) { try SourceText.decoded(bytes.span) }
        #expect(throws: CSVError.format(.binary(line: 4))) { try SourceText.decoded(bytes.span) }
    }

    @Test("NUL bytes in many cells do not make a table UTF-16")
    func manyNULs() {
        let bytes = (0..<40).flatMap { Array("\($0),elm\0\n".utf8) }
        #expect(throws: CSVError.format(.binary(line: 1))) { try SourceText.decoded(bytes.span) }
    }

    @Test("the words say what the file is, and what to do")
    func words() {
        #expect(
            FileFormat.compressed(.xz).description
                == "the file is compressed with xz; decompress it first: unxz FILE"
        )
        #expect(FileFormat.arff.description == "the file is ARFF, Weka's format; save it as CSV")
        for (format, _) in Self.marked {
            #expect(format.description.hasPrefix("the file is ") && format.description.count < 160)
        }
    }
}
