/// The notation of a CSV file.
package struct CSVDialect: Equatable, Sendable {
    package var separator = UInt8(ascii: ",")
    package var quote = UInt8(ascii: "\"")
    /// Whether one and a half is written 1,5.
    package var hasDecimalComma = false

    var point: UInt8 { UInt8(ascii: hasDecimalComma ? "," : ".") }

    static let separators = "\t;|,".utf8.map(\.self)
    static let quotes = "\"'".utf8.map(\.self)
}

extension CSVDialect {
    /// Descriptions of what differs from the usual notation: comma, double quotes, decimal point.
    var remarks: [String] {
        var remarks: [String] = []
        if separator != CSVDialect().separator { remarks.append("fields are separated by \(separatorName)") }
        if quote != CSVDialect().quote { remarks.append("fields are quoted with '") }
        if hasDecimalComma { remarks.append("numbers have a decimal comma") }
        return remarks
    }

    private var separatorName: String {
        switch separator {
        case UInt8(ascii: "\t"): "tabs"
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: "|"): "bars"
        default: "\"\(Unicode.Scalar(separator))\""
        }
    }
}

/// Settings of the CSV reader.
///
/// If a setting is nil, the reader detects it from the first rows of the file.
package struct CSVOptions: Equatable, Sendable {
    package var separator: UInt8?
    package var quote: UInt8?
    package var hasDecimalComma: Bool?
    package var hasHeader: Bool?

    package init() {}
}
