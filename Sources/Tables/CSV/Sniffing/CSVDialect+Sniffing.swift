extension CSVDialect {
    private static let sampleRows = 50

    /// Detects each setting that is nil in `options` from the first rows of `bytes`.
    ///
    /// The separator is the one that splits the most rows into the same number of fields. Of equally good separators,
    /// one with which some field is in quotes is preferred, then the one that gives the most fields. A comma is not
    /// chosen if another separator is as good and the numbers between the other separators have decimal commas. Single
    /// quotes are compared with double quotes by the same rules, but are not chosen if they enclose no field or give an
    /// error.
    init(sniffing bytes: Span<UInt8>, _ options: CSVOptions) {
        self.init()
        var best = (agreement: 0.0, quoted: 0, fields: 0)
        for quote in options.quote.map({ [$0] }) ?? Self.quotes {
            for separator in options.separator.map({ [$0] }) ?? Self.separators {
                let dialect = CSVDialect(separator: separator, quote: quote)
                let sample = CSVSample(bytes, dialect, limit: Self.sampleRows)
                if quote != CSVDialect().quote, sample.quoted == 0 || sample.fault != nil { continue }
                let found = (sample.agreement, min(sample.quoted, 1), sample.usualFields)
                let isInNumbers = separator == UInt8(ascii: ",") && best.fields > 1 && usesDecimalComma(bytes)
                if found.0 == best.agreement, found.1 == best.quoted, isInNumbers { continue }
                if found > best { (self, best) = (dialect, found) }
            }
        }
        separator = options.separator ?? separator
        quote = options.quote ?? quote
        hasDecimalComma = options.hasDecimalComma ?? usesDecimalComma(bytes)
    }

    /// Whether more numbers have a decimal comma than a decimal point; false if the separator is a comma.
    private func usesDecimalComma(_ bytes: Span<UInt8>) -> Bool {
        guard separator != UInt8(ascii: ",") else { return false }
        var (commas, points) = (0, 0)
        for field in CSVSample(bytes, self, limit: Self.sampleRows).rows.joined() {
            let withPoint = Decimal.number(bytes, field, point: UInt8(ascii: ".")) != nil
            let withComma = Decimal.number(bytes, field, point: UInt8(ascii: ",")) != nil
            if withPoint, !withComma { points += 1 }
            if withComma, !withPoint { commas += 1 }
        }
        return commas > points
    }
}
