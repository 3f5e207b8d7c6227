extension NumberNotation {
    /// The decimal mark if a number has nothing but digits, sign, mark and exponent; nil for any other notation.
    var plainPoint: UInt8? {
        var bare = self
        bare.decimal = .point
        return bare == .plain ? decimal.byte : nil
    }

    /// The notation with the marks that the settings name.
    func obeying(_ options: TableOptions) -> NumberNotation {
        var notation = self
        if let wantsComma = options.csv.hasDecimalComma { notation.decimal = wantsComma ? .comma : .point }
        if let thousands = options.thousands, grouping != .none || thousands == .none {
            notation.grouping = Grouping(rawValue: thousands.rawValue) ?? grouping
        }
        if notation.grouping.rawValue == notation.decimal.rawValue { notation.grouping = .none }
        return notation
    }

    /// Whether the notation agrees with the settings for thousands and decimals.
    func matches(_ options: TableOptions) -> Bool {
        if let wantsComma = options.csv.hasDecimalComma { return (decimal == .comma) == wantsComma }
        guard let thousands = options.thousands else { return false }
        return grouping.rawValue == thousands.rawValue
    }
}
