/// Checks for cells that are not numbers, or are numbers in another notation.
extension CSVColumns {
    /// Checks that each cell of a numeric column is missing or a number that fits in a 32-bit float.
    ///
    /// - Throws: ``TableError`` for the first cell that is neither.
    func requireNumbers(_ column: Int, _ csv: Span<UInt8>) throws(TableError) {
        if let field = firstText(column) { throw notANumber(field, column, csv) }
        if let field = firstTooLarge(column) {
            throw .numberTooLarge(
                line: LineEnds.line(of: field.start, in: csv),
                column: layout.names[column],
                token: String(field.text(in: csv, layout.dialect).prefix(60))
            )
        }
    }

    /// Refuses a text column in which at least 95 % of the cells are numbers in any notation, such as 12, 1,000, 0x10
    /// or infinity.
    ///
    /// Without this check such numbers would become categories, which is hardly ever intended. Only the cells with
    /// one of the first thousand distinct texts are examined.
    ///
    /// - Returns: A warning if at least half of the cells are plain numbers; otherwise nil.
    /// - Throws: ``TableError/notANumber(line:column:token:)`` for the first cell that is not a plain number.
    func refuseNearNumbers(
        _ labels: ColumnLabels,
        _ column: Int,
        _ csv: Span<UInt8>
    ) throws(TableError) -> String? {
        var (cells, plain, numbers, first) = (0, 0, 0, CSVField?.none)
        for entry in labels.entries.prefix(1_000) {
            cells += entry.count
            let isNumber = Decimal.number(csv, entry.field, point: layout.dialect.point) != nil
            let isNear = isNumber || Self.isNearlyNumber(entry.field.text(in: csv, layout.dialect))
            if isNumber { plain += entry.count }
            if isNear { numbers += entry.count }
            if !isNumber, first == nil { first = entry.field }
        }
        guard let first else { return nil }
        guard Double(numbers) < (1 - TableSource.tolerance) * Double(cells) else {
            throw notANumber(first, column, csv)
        }
        guard 2 * plain >= cells else { return nil }
        let percent = Int((100 * Double(cells - plain) / Double(cells)).rounded())
        let token = first.text(in: csv, layout.dialect).prefix(60)
        return
            "column \"\(layout.names[column])\": \(percent) % of its cells, such as \"\(token)\", are not numbers, "
            + "so the column is read as text"
    }

    private static func isNearlyNumber(_ text: String) -> Bool {
        let bare = text.lowercased().filter { !"_, '%".contains($0) }
        return ["inf", "+inf", "-inf", "infinity", "-infinity"].contains(bare)
            || Double(bare)?.isFinite ?? false
    }

    private func notANumber(_ field: CSVField, _ column: Int, _ csv: Span<UInt8>) -> TableError {
        .notANumber(
            line: LineEnds.line(of: field.start, in: csv),
            column: layout.names[column],
            token: String(field.text(in: csv, layout.dialect).prefix(60))
        )
    }
}
