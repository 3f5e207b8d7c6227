/// Reads features out of a table: cells as the 32-bit floats that training and prediction share.
struct FeatureTable {
    /// Feature after feature, row by row.
    let columns: [[Float]]

    /// How people write a cell that has no value.
    static let missing: Set<String> = ["", "na", "nan", "null", "?", "-"]

    /// Finds `features` in the table by name; a table without a header and as wide as needed is taken in order.
    init(_ csv: Span<UInt8>, features: [String]) throws(TrainingError) {
        do {
            let table = try CSVTable(csv)
            var columns: [[Float]] = []
            for (position, name) in features.enumerated() {
                let isInOrder = !table.hasHeader && table.columns.count >= features.count
                let index = isInOrder ? position : try table.index(of: name)
                columns.append(try Self.floats(table, csv, column: index))
            }
            self.columns = columns
        } catch let error as CSVError {
            throw .csv(error)
        } catch let error as TrainingError {
            throw error
        } catch {
            preconditionFailure("reading a table throws nothing else")
        }
    }

    static func floats(
        _ table: CSVTable,
        _ csv: Span<UInt8>,
        column: Int
    ) throws(TrainingError) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(table.rows)
        for row in 0..<table.rows {
            let cell = table.cell(row: row, column: column)
            guard let number = Decimal.parse(csv, cell, table.dialect) else {
                throw unreadable(table, csv, row: row, column: column)
            }
            let value = Float(number)
            guard value.isFinite else {
                throw .numberTooLarge(
                    line: table.line(ofRow: row),
                    column: table.columns[column],
                    token: table.text(csv, row: row, column: column)
                )
            }
            // Minus zero equals zero; one of them is enough.
            values.append(value == 0 ? 0 : value)
        }
        return values
    }

    private static func unreadable(
        _ table: CSVTable,
        _ csv: Span<UInt8>,
        row: Int,
        column: Int
    ) -> TrainingError {
        let (line, name) = (table.line(ofRow: row), table.columns[column])
        let token = table.text(csv, row: row, column: column)
        return missing.contains(token.lowercased())
            ? .missingCell(line: line, column: name)
            : .notANumber(line: line, column: name, token: String(token.prefix(60)))
    }
}
