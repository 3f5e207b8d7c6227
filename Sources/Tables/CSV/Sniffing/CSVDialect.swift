/// The notation of a CSV file.
package struct CSVDialect: Equatable, Sendable {
    /// The byte between two fields; a space stands for any run of blanks.
    package var separator = UInt8(ascii: ",")
    package var quote = UInt8(ascii: "\"")

    static let separators = "^\u{1}\t;|,".utf8.map(\.self)
    static let quotes = "\"'".utf8.map(\.self)
}

extension CSVDialect {
    /// Descriptions of what differs from the usual notation: comma and double quotes.
    var remarks: [String] {
        var remarks: [String] = []
        if separator != CSVDialect().separator { remarks.append("fields are separated by \(separatorName)") }
        if quote != CSVDialect().quote { remarks.append("fields are quoted with '") }
        return remarks
    }

    private var separatorName: String {
        switch separator {
        case UInt8(ascii: "\t"): "tabs"
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: "|"): "bars"
        case Blank.space: "blanks"
        case 0x01: "Control-A"
        default: "\"\(Unicode.Scalar(separator))\""
        }
    }
}

/// Settings of the CSV reader.
///
/// If a setting is nil, the reader detects it.
package struct CSVOptions: Equatable, Sendable {
    package var separator: UInt8?
    package var quote: UInt8?
    package var hasDecimalComma: Bool?
    package var hasHeader: Bool?

    package init() {}
}
