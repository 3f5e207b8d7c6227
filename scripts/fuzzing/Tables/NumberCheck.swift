import Foundation

@testable import Tables

/// Compares a notation of numbers with a slow one: a regular expression, and the standard library's `Double`.
struct NumberCheck {
    private let notation: NumberNotation

    /// The number of bytes before the cells.
    private static let settings = 5
    private static let prefixes = ["", "$", "US$", "Rs.", "€", "~"]
    private static let suffixes = [
        ("", ""), ("%", ""), ("years", "year"), ("kg", ""), ("m/s", ""), ("€", ""), ("+", ""), ("°C", ""),
    ]

    /// The faults of a notation, which the first bytes choose, for the cells in the lines behind them.
    static func faults(_ bytes: [UInt8]) -> [String] {
        guard bytes.count > settings else { return [] }
        let check = NumberCheck(bytes.prefix(settings).map { Int($0 & 15) })
        let lines = bytes[settings...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return check.faultOfJSON(bytes) + lines.prefix(40).compactMap { check.fault(Array($0)) }
    }

    private init(_ digits: [Int]) {
        var notation = NumberNotation()
        notation.decimal = digits[0] % 2 == 0 ? .point : .comma
        notation.grouping = [.none, .comma, .point, .blank, .apostrophe][digits[0] / 2 % 5]
        if notation.grouping.rawValue == notation.decimal.rawValue { notation.grouping = .none }
        notation.groupsByTwo = digits[1] & 1 != 0 && notation.grouping != .none
        notation.groupsAreOptional = digits[1] & 2 != 0
        notation.prefix = Self.prefixes[digits[2] % Self.prefixes.count]
        notation.prefixIsOptional = digits[1] & 4 != 0
        (notation.suffix, notation.singular) = Self.suffixes[digits[3] % Self.suffixes.count]
        notation.suffixIsOptional = digits[1] & 8 != 0
        notation.hasParentheses = digits[4] & 1 != 0
        notation.hasFootnotes = digits[4] & 2 != 0
        self.notation = notation
    }

    private func fault(_ cell: [UInt8]) -> String? {
        // Cells are UTF-8 when they get here.
        guard let text = String(validating: cell, as: UTF8.self), cell.count <= 100 else { return nil }
        let (fast, slow) = (notation.value(cell.span, 0..<cell.count), slowValue(text))
        return fast == slow
            ? nil : "\(text.debugDescription) is \(fast as Any) and \(slow as Any): \(notation)"
    }

    /// A notation is the same after JSON, also one that a stranger wrote.
    private func faultOfJSON(_ bytes: [UInt8]) -> [String] {
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        func again(_ notation: NumberNotation) -> NumberNotation? {
            try? decoder.decode(NumberNotation.self, from: encoder.encode(notation))
        }
        var faults = again(notation) == notation ? [] : ["JSON of \(notation)"]
        // A refusal is fine.
        if let other = try? decoder.decode(NumberNotation.self, from: Data(bytes[Self.settings...])) {
            if again(other) != other { faults.append("JSON of a stranger's \(other)") }
            _ = other.value(bytes.span, 0..<bytes.count)
        }
        return faults
    }

    private func slowValue(_ text: String) -> Double? {
        guard let match = text.wholeMatch(of: Self.expression(notation)) else { return nil }
        func part(_ name: String) -> String { match[name]?.substring.map(String.init) ?? "" }
        let opening = part("open") + part("inner")
        let closing = part("close") + part("close2") + part("close3")
        let sign = part("sign") + part("inside")
        guard opening.count == closing.count, opening.count <= 1, sign.unicodeScalars.count <= 1,
            opening.isEmpty || sign.isEmpty
        else { return nil }
        let fraction = part("fraction").dropFirst()
        let digits = part("whole").filter { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty || !fraction.isEmpty else { return nil }
        // Grouped numbers have no exponent.
        guard digits == part("whole") || part("exponent").isEmpty else { return nil }
        let magnitude = Double(
            "\(digits.isEmpty ? "0" : digits).\(fraction.isEmpty ? "0" : fraction)\(part("exponent"))"
        )
        return magnitude.map { opening.isEmpty && (sign.isEmpty || sign == "+") ? $0 : -$0 }
    }

    /// The notation as a regular expression.
    private static func expression(_ notation: NumberNotation) -> Regex<AnyRegexOutput> {
        func literal(_ text: String) -> String { NSRegularExpression.escapedPattern(for: text) }
        // Nothing is tried again with fewer blanks, so that many blanks take no long time.
        let blanks = "[ \\t\\u00A0\\u2009\\u202F]*+"
        let sign = "[-+\\u2212\\u2013]"
        let (open, close) = notation.hasParentheses ? ("\\(", "\\)") : ("(?!)", "(?!)")
        let mark =
            switch notation.grouping {
            case .none: ""
            case .comma: ","
            case .point: "\\."
            case .blank: "[ \\u00A0\\u2009\\u202F]"
            case .apostrophe: "['\\u2019]"
            }
        let grouped =
            notation.groupsByTwo
            ? "[1-9][0-9]?(?:\(mark)[0-9]{2})*\(mark)[0-9]{3}" : "[1-9][0-9]{0,2}(?:\(mark)[0-9]{3})+"
        let ungrouped = notation.grouping == .none || notation.groupsAreOptional ? "[0-9]*" : "[0-9]{0,3}"
        let exponent = "(?:[eE][-+]?[0-9]+)?"
        let fraction = notation.decimal == .point ? "(?<fraction>\\.[0-9]*)?" : "(?<fraction>,[0-9]+)?"
        let whole =
            notation.grouping == .none
            ? "[0-9]*" : "\(grouped)|\(ungrouped)"
        let prefix =
            notation.prefix.isEmpty
            ? ""
            : "(?:\(literal(notation.prefix)))\(notation.prefixIsOptional ? "?" : "")\(blanks)(?<inside>\(sign))?(?<inner>\(open))?"
        let forms = [notation.suffix, notation.singular].filter { !$0.isEmpty }.map(literal)
        let suffix =
            forms.isEmpty
            ? ""
            : "\(blanks)(?:\(forms.joined(separator: "|")))\(notation.suffixIsOptional ? "?" : "")\(blanks)(?<close2>\(close))?"
        let footnote =
            "(?:\\*|[\\u00B9\\u00B2\\u00B3\\u2020\\u2021\\u2070\\u2074-\\u2079]|\\[[0-9A-Za-z]{1,3}\\])"
        let footnotes =
            notation.hasFootnotes
            ? "\(blanks)(?:\(footnote)\(blanks))*(?<close3>\(close))?\(footnote)*" : ""
        let pattern =
            "\(blanks)(?<open>\(open))?(?<sign>\(sign))?\(prefix)(?<whole>\(whole))\(fraction)(?<exponent>\(exponent))\(blanks)(?<close>\(close))?\(suffix)\(footnotes)\(blanks)"
        let expression = expressions[pattern] ?? compiled(pattern)
        expressions[pattern] = expression
        return expression
    }

    private static func compiled(_ pattern: String) -> Regex<AnyRegexOutput> {
        // The pattern is this file's, so it has no error.
        try! Regex(pattern).matchingSemantics(.unicodeScalar)
    }

    /// The expressions that were compiled before; libFuzzer calls on one thread.
    nonisolated(unsafe) private static var expressions: [String: Regex<AnyRegexOutput>] = [:]
}
