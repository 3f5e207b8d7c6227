/// An encoding of text that a table may have.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    case utf32LittleEndian
    case utf32BigEndian
    case windows1252
    case latin1
    case latin9
    case macRoman
    case windows1251
    case koi8R
    case gb18030
    case shiftJIS

    /// The name that iconv knows, as a function and as a command.
    package var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .utf32LittleEndian: "UTF-32LE"
        case .utf32BigEndian: "UTF-32BE"
        case .windows1252: "WINDOWS-1252"
        case .latin1: "ISO-8859-1"
        case .latin9: "ISO-8859-15"
        case .macRoman: "MACINTOSH"
        case .windows1251: "WINDOWS-1251"
        case .koi8R: "KOI8-R"
        case .gb18030: "GB18030"
        // Shift-JIS with Windows' additions; plain SJIS would turn a backslash into a yen sign.
        case .shiftJIS: "CP932"
        }
    }

    /// The name for people.
    package var name: String {
        switch self {
        case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
        case .utf32LittleEndian, .utf32BigEndian: "UTF-32"
        case .windows1252: "Windows-1252"
        case .windows1251: "Windows-1251"
        case .macRoman: "Mac Roman"
        case .shiftJIS: "Shift-JIS"
        case .utf8, .latin1, .latin9, .koi8R, .gb18030: iconvName
        }
    }

    /// The command that converts a file.
    package var command: String { "iconv -f \(iconvName) -t UTF-8 FILE > NEW" }

    /// The bytes that one unit has at least; a conversion skips so many where they are wrong.
    var unit: Int {
        switch self {
        case .utf16LittleEndian, .utf16BigEndian: 2
        case .utf32LittleEndian, .utf32BigEndian: 4
        default: 1
        }
    }

    static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The encodings with a mark at the start of a file.
    ///
    /// UTF-32's comes before UTF-16's, which begins it.
    static let marks: [(encoding: TextEncoding, bytes: [UInt8])] = [
        (.utf8, utf8Mark),
        (.utf32LittleEndian, [0xFF, 0xFE, 0, 0]),
        (.utf32BigEndian, [0, 0, 0xFE, 0xFF]),
        (.utf16LittleEndian, [0xFF, 0xFE]),
        (.utf16BigEndian, [0xFE, 0xFF]),
        (.gb18030, [0x84, 0x31, 0x95, 0x33]),
    ]
}

extension TextEncoding {
    /// Whether bytes tell the encoding; the others are guessed from the letters that they give.
    var isSure: Bool {
        switch self {
        case .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian: true
        case .windows1252, .latin1, .latin9, .macRoman, .windows1251, .koi8R, .gb18030, .shiftJIS: false
        }
    }
}
