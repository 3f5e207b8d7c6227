/// Where what was read as numbers, or could be, is none.
extension CSVColumns {
    /// - Throws: ``TrainingError`` for the first cell of the column that is no number, or too large a one.
    func requireNumbers(_ column: Int, _ csv: Span<UInt8>) throws(TrainingError) {
        if let field = firstText(column) { throw notANumber(field, column, csv) }
        if let field = firstTooLarge(column) {
            throw .numberTooLarge(
                line: LineEnds.line(of: field.start, in: csv),
                column: layout.names[column],
                token: String(field.text(in: csv, layout.dialect).prefix(60))
            )
        }
    }

    /// Refuses texts that are numbers written in another way, such as 1,000 or 0x10, or infinities.
    ///
    /// Rather an error than categories that nobody meant. The first thousand texts tell.
    ///
    /// - Returns: What to say of a column where most cells are numbers all the same.
    func refuseNearNumbers(
        _ labels: ColumnLabels,
        _ column: Int,
        _ csv: Span<UInt8>
    ) throws(TrainingError) -> String? {
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
            "column \"\(layout.names[column])\": \(percent) % of its cells, such as \"\(token)\", are no numbers: "
            + "all are taken as text"
    }

    private static func isNearlyNumber(_ text: String) -> Bool {
        let bare = text.lowercased().filter { !"_, '%".contains($0) }
        return ["inf", "+inf", "-inf", "infinity", "-infinity"].contains(bare)
            || Double(bare)?.isFinite ?? false
    }

    private func notANumber(_ field: CSVField, _ column: Int, _ csv: Span<UInt8>) -> TrainingError {
        .notANumber(
            line: LineEnds.line(of: field.start, in: csv),
            column: layout.names[column],
            token: String(field.text(in: csv, layout.dialect).prefix(60))
        )
    }
}
