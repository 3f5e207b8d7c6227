extension CSVDialect {
    private static let sampleRows = 100

    /// Detects the separator and the quote, unless `options` have them, from the rows of `bytes` that begin at `start`.
    ///
    /// The separator is the one that splits the most rows into the same number of fields. Of equally good separators,
    /// one with which some field is in quotes is preferred, then the one that gives the most fields. A comma is not
    /// chosen if another separator is as good and the numbers between the other separators have commas. Single quotes
    /// are compared with double quotes by the same rules, but are not chosen if they enclose no field or give an error.
    /// If no separator splits the rows, they may be separated by blanks.
    init(sniffing bytes: Span<UInt8>, from start: Int, _ options: CSVOptions) {
        self.init()
        var best = (agreement: 0.0, quoted: 0, fields: 0)
        for quote in options.quote.map({ [$0] }) ?? Self.quotes {
            for separator in options.separator.map({ [$0] }) ?? Self.separators {
                let dialect = CSVDialect(separator: separator, quote: quote)
                let sample = CSVSample(bytes, dialect, from: start, limit: Self.sampleRows)
                if quote != CSVDialect().quote, sample.quoted == 0 || sample.fault != nil || sample.strays > 0
                {
                    continue
                }
                let found = (sample.agreement, min(sample.quoted, 1), sample.usualFields)
                let isInNumbers =
                    separator == UInt8(ascii: ",") && best.fields > 1
                    && hasCommasInNumbers(bytes, from: start)
                if found.0 == best.agreement, found.1 == best.quoted, isInNumbers { continue }
                if found > best { (self, best) = (dialect, found) }
            }
        }
        separator = options.separator ?? separator
        quote = options.quote ?? quote
        if options.separator == nil, best.agreement < Self.leastAgreement || best.fields == 2 {
            tryBlanks(bytes, from: start, best)
        }
    }

    /// Other separators are tried first; blanks are tried if these split fewer rows than this share equally.
    private static let leastAgreement = 0.6

    /// Chooses blanks as the separator if they split nearly all rows equally, into more fields than the best other
    /// separator, and half of the cells are numbers.
    private mutating func tryBlanks(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ best: (agreement: Double, quoted: Int, fields: Int)
    ) {
        let blanks = CSVDialect(separator: Blank.space, quote: quote)
        let sample = CSVSample(bytes, blanks, from: start, limit: Self.sampleRows)
        let isSplit = best.agreement >= Self.leastAgreement
        guard sample.fault == nil, sample.agreement > 0.9, !isSplit || sample.usualFields > 2 * best.fields
        else {
            return
        }
        let cells = sample.rows.dropFirst().joined()
        let numbers = cells.count { Decimal.number(bytes, $0, point: UInt8(ascii: ".")) != nil }
        if 2 * numbers >= cells.count { self = blanks }
    }

    /// Whether more numbers have a comma than a decimal point between the separators.
    private func hasCommasInNumbers(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var (commas, points) = (0, 0)
        for field in CSVSample(bytes, self, from: start, limit: Self.sampleRows).rows.joined() {
            let withPoint = Decimal.number(bytes, field, point: UInt8(ascii: ".")) != nil
            let withComma = Decimal.number(bytes, field, point: UInt8(ascii: ",")) != nil
            if withPoint, !withComma { points += 1 }
            if withComma, !withPoint { commas += 1 }
        }
        return commas > points
    }
}
