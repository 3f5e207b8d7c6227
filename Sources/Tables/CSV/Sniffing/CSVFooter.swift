/// Finds a last row that sums up the rows above it, such as `Total,144,3384`.
enum CSVFooter {
    private static let words: Set<String> = [
        "total", "totals", "grand total", "sum", "average", "mean", "gesamt", "summe", "somme", "totale",
        "suma",
        "total general", "totaal", "razem", "итого", "всего", "合计", "总计", "合計", "합계",
    ]
    /// The footer is looked for in this many bytes at the end of the file.
    private static let reach = 64 << 10

    /// The offset of the footer; nil if there is none, or if its word also occurs in the first rows.
    static func offset(
        in bytes: Span<UInt8>,
        _ dialect: CSVDialect,
        sample: [[CSVField]],
        from bodyStart: Int
    ) -> Int? {
        var start = LineEnds.trimmed(bytes.count, bytes)
        let end = start
        while start > max(bodyStart, end - reach), !CSVScanner.endsLine(bytes[start - 1]) { start -= 1 }
        guard start > bodyStart, start < end, CSVScanner.endsLine(bytes[start - 1]) else { return nil }
        let row = CSVSample(bytes, dialect, from: start, limit: 1).rows.first ?? []
        guard let column = row.firstIndex(where: { !$0.isEmpty }) else { return nil }
        let word = row[column].text(in: bytes, dialect).lowercased()
        guard words.contains(word) else { return nil }
        let occurs = sample.contains { other in
            other.count > column && other[column].start != row[column].start
                && other[column].text(in: bytes, dialect).lowercased() == word
        }
        return occurs ? nil : start
    }
}
