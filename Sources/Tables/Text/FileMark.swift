/// Bytes at a fixed place by which a format is recognised.
struct FileMark: Sendable {
    let format: FileFormat
    let bytes: [UInt8]
    /// Where the bytes are, counted from the start of the file.
    let offset: Int
    /// Bytes that the file must also end with, before `trailing` more bytes.
    ///
    /// A CSV file may begin with a name such as PAR1 or ORC; it does not end with it too.
    let ending: [UInt8]
    let trailing: Int

    init(
        _ format: FileFormat,
        _ bytes: [UInt8],
        at offset: Int = 0,
        ending: [UInt8] = [],
        trailing: Int = 0
    ) {
        (self.format, self.bytes, self.offset) = (format, bytes, offset)
        (self.ending, self.trailing) = (ending, trailing)
    }

    init(_ format: FileFormat, _ text: String, at offset: Int = 0, ending: String = "", trailing: Int = 0) {
        self.init(format, Array(text.utf8), at: offset, ending: Array(ending.utf8), trailing: trailing)
    }

    func matches(_ file: Span<UInt8>) -> Bool {
        file.has(bytes, at: offset)
            && (ending.isEmpty
                || (file.count >= bytes.count + ending.count + trailing
                    && file.has(ending, at: file.count - ending.count - trailing)))
    }

    /// The marks of all formats that have one.
    ///
    /// `FileFormat` itself looks at ZIP, HTML, XML and JSON, which need more than a mark.
    static let all: [FileMark] = compressed + archives + tables + others

    private static let compressed =
        [
            FileMark(.compressed(.gzip), [0x1F, 0x8B]),
            FileMark(.compressed(.compress), [0x1F, 0x9D]),
            FileMark(.compressed(.xz), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
            FileMark(.compressed(.zstd), [0x28, 0xB5, 0x2F, 0xFD]),
            FileMark(.compressed(.lz4), [0x04, 0x22, 0x4D, 0x18]),
        ] + (1...9).map { FileMark(.compressed(.bzip2), Array("BZh\($0)1AY&SY".utf8)) }

    private static let archives = [
        FileMark(.archive(.sevenZip), [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        FileMark(.archive(.rar), "Rar!\u{1A}\u{7}"),
        FileMark(.archive(.tar), "ustar", at: 257),
        FileMark(.office(.oldExcel), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
    ]

    private static let tables =
        [
            FileMark(.binaryTable(.parquet), "PAR1", ending: "PAR1"),
            FileMark(.binaryTable(.parquet), "PAR1\u{15}"),
            FileMark(.binaryTable(.feather), "ARROW1\0\0"),
            FileMark(.binaryTable(.feather), "FEA1", ending: "FEA1"),
            FileMark(.binaryTable(.orc), "ORC", ending: "ORC", trailing: 1),
            FileMark(.binaryTable(.avro), "Obj\u{1}"),
            FileMark(.binaryTable(.hdf5), [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
            FileMark(.binaryTable(.numpy), [0x93] + Array("NUMPY".utf8)),
            FileMark(.binaryTable(.matlab), "MATLAB 5.0 MAT-file"),
            FileMark(.binaryTable(.sas), [0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF], at: 12),
            FileMark(.binaryTable(.sas), "HEADER RECORD*******LIB"),
            FileMark(.binaryTable(.stata), "<stata_dta>"),
            FileMark(.binaryTable(.spss), "$FL2@(#)"),
            FileMark(.binaryTable(.spss), "$FL3@(#)"),
            FileMark(.binaryTable(.r), "RDX2\n"),
            FileMark(.binaryTable(.r), "RDX3\n"),
            FileMark(.binaryTable(.r), [0x58, 0x0A, 0, 0, 0, 2]),
            FileMark(.binaryTable(.r), [0x58, 0x0A, 0, 0, 0, 3]),
        ]
        + (113...115).flatMap { release in
            // Stata before version 13: the release, the order of the bytes, the kind of file, zero.
            (1...2).map { FileMark(.binaryTable(.stata), [release, $0, 1, 0]) }
        }

    private static let others =
        [
            FileMark(.database, "SQLite format 3\0"),
            FileMark(.pdf, "%PDF-"),
            FileMark(.picture(format: "PNG"), [0x89, 0x50, 0x4E, 0x47]),
            FileMark(.picture(format: "JPEG"), [0xFF, 0xD8, 0xFF]),
            FileMark(.picture(format: "GIF"), "GIF87a"),
            FileMark(.picture(format: "GIF"), "GIF89a"),
            FileMark(.picture(format: "WEBP"), "WEBPVP8", at: 8),
            FileMark(.program, [0x7F, 0x45, 0x4C, 0x46]),
            FileMark(.lfsPointer, "version https://git-lfs"),
        ] + (2...5).map { FileMark(.pickle, [0x80, $0]) }
}

extension Span<UInt8> {
    /// Whether `bytes` are at `offset`.
    func has(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, count >= offset + bytes.count else { return false }
        for index in bytes.indices where self[offset + index] != bytes[index] { return false }
        return true
    }
}
