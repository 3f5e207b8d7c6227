/// The lines above a table that are not part of it: a title, metadata, comments that begin with `#`, `%` or `//`.
struct CSVPreamble {
    /// The number of rows of the sample that are skipped.
    let rows: Int

    /// The most lines above a table.
    private static let limit = 50

    /// Finds the lines above the table in a sample whose rows usually have `width` fields.
    init(_ sample: CSVSample, width: Int, _ bytes: Span<UInt8>) {
        var first = 0
        while first < min(Self.limit, sample.rows.count - 2),
            Self.isAbove(sample, first, width: width, bytes)
        {
            first += 1
        }
        rows = first < min(Self.limit, sample.rows.count - 2) ? first : 0
    }

    /// Whether row `index` is above the table: a comment, or a line with too few cells over a row with all of them.
    private static func isAbove(_ sample: CSVSample, _ index: Int, width: Int, _ bytes: Span<UInt8>) -> Bool {
        let (row, next) = (sample.rows[index], sample.rows[index + 1])
        if isComment(row, bytes) { return !isHeaderBehindSign(sample, index, width: width, bytes) }
        guard width > 1 else { return false }
        if row.count == width - 1 {
            // A header may lack the name of the row names; then data with all fields come directly below.
            return next.count < width || isHeader(next, over: sample.rows[index + 2], bytes)
        }
        if row.count < width { return true }
        let filled = row.count { !$0.isEmpty }
        if filled == 0 { return true }
        // Rows without a value may follow a title.
        let below =
            sample.rows.dropFirst(index + 1).prefix(4).map { $0.count { !$0.isEmpty } }.first { $0 > 0 } ?? 0
        return width > 2 && filled <= 1 && below > max(1, width / 2)
    }

    /// Whether a row has no number, and the row below has one.
    private static func isHeader(_ row: [CSVField], over below: [CSVField], _ bytes: Span<UInt8>) -> Bool {
        let point = UInt8(ascii: ".")
        return !row.contains { Decimal.number(bytes, $0, point: point) != nil }
            && below.contains { Decimal.number(bytes, $0, point: point) != nil }
    }

    private static func isComment(_ row: [CSVField], _ bytes: Span<UInt8>) -> Bool {
        guard let field = row.first, !field.isEmpty else { return false }
        let (first, slash) = (bytes[field.start], UInt8(ascii: "/"))
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "%") { return true }
        return first == slash && field.count > 1 && bytes[field.start + 1] == slash
    }

    /// Whether a line that begins like a comment is the header: it has a field for each column, and data come directly below.
    private static func isHeaderBehindSign(
        _ sample: CSVSample,
        _ index: Int,
        width: Int,
        _ bytes: Span<UInt8>
    ) -> Bool {
        let (row, next) = (sample.rows[index], sample.rows[index + 1])
        guard row.count == width, width > 1, !isComment(next, bytes) else { return false }
        return next.contains { Decimal.number(bytes, $0, point: UInt8(ascii: ".")) != nil }
    }
}
