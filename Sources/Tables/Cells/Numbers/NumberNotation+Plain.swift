extension NumberNotation {
    /// The decimal mark if a number has nothing but digits, sign, mark and exponent; nil for any other notation.
    var plainPoint: UInt8? {
        var bare = self
        bare.decimal = .point
        return bare == .plain ? decimal.byte : nil
    }

    /// Whether numbers in this notation mean the same in a column that was in the notation `known` in the training.
    ///
    /// Numbers without a unit are in the known unit. A currency may stand beside numbers that had none; a unit or a
    /// percent sign may not, and 5 g are never 5 kg.
    func isCompatible(with known: NumberNotation) -> Bool {
        let (own, other) = ([prefix, suffix, singular], [known.prefix, known.suffix, known.singular])
        let isBare = prefix.isEmpty && suffix.isEmpty
        if own == other || isBare || known.suffix == suffix && known.prefix == prefix { return true }
        let isCurrency =
            suffix.isEmpty
            || suffix.unicodeScalars.allSatisfy { $0.properties.generalCategory == .currencySymbol }
        return known.prefix.isEmpty && known.suffix.isEmpty && isCurrency
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
