/// The columns of a file after all of its chunks are read.
struct CSVColumns {
    let layout: CSVLayout
    let missingWords: MissingWords
    /// The passes over the file; a later pass reads some columns again, with other plans.
    private var reads: [CSVRead]
    /// For each column, the index of the pass that read it last.
    private var readOf: [Int]
    /// The ranges of rows in the buffers that are in use, chunk by chunk.
    ///
    /// A chunk may use fewer rows than its capacity.
    private var ranges: [(chunk: Int, rows: Range<Int>)]
    /// The texts that count as missing in every column: a person's words, and `NA` and the like if they also stand in a
    /// column of numbers.
    var missingTexts: Set<String> = []

    var rows: Int { ranges.reduce(0) { $0 + $1.rows.count } }
    /// The number of rows of the file, with those without a target.
    var allRows: Int { reads[0].rows }
    var oddRows: OddRows { reads[0].oddRows }

    init(layout: CSVLayout, missingWords: MissingWords, _ read: CSVRead) {
        (self.layout, self.missingWords) = (layout, missingWords)
        reads = [read]
        readOf = layout.names.indices.map { _ in 0 }
        ranges = read.chunks.enumerated().map {
            ($0.offset, $0.element.firstRow..<$0.element.firstRow + $0.element.rows)
        }
    }

    /// Takes the columns that `read` has from it.
    mutating func add(_ read: CSVRead) {
        for column in readOf.indices where read.plans[column].kind != .ignored {
            free(column)
            readOf[column] = reads.count
        }
        reads.append(read)
    }

    func plan(_ column: Int) -> ColumnPlan { reads[readOf[column]].plans[column] }

    private func buffers(_ column: Int) -> ColumnBuffers { reads[readOf[column]].buffers }
    private func findings(_ column: Int) -> [ColumnFindings] {
        reads[readOf[column]].chunks.map { $0.findings[column] }
    }

    /// The number of cells of a column that are not in its notation, and not missing.
    func oddCells(_ column: Int) -> Int { findings(column).reduce(0) { $0 + $1.oddCells } }
    /// The number of missing cells of a column; in a text column, without the ``missingTexts``.
    func missing(_ column: Int) -> Int { findings(column).reduce(0) { $0 + $1.missing } }
    /// The greatest magnitude of the numbers that do not fit in a 32-bit float; 0 if all fit.
    func tooLarge(_ column: Int) -> Double { findings(column).reduce(0) { max($0, $1.tooLarge) } }
    /// The number of cells in quotes that had blanks at an end.
    func trimmed(_ column: Int) -> Int { findings(column).reduce(0) { $0 + $1.trimmed } }
    private func swallowed(_ column: Int) -> (field: CSVField, lines: Int)? {
        findings(column).lazy.compactMap(\.swallowed).first
    }

    /// A warning that a cell has lines like the rows of the table; nil if no cell has.
    func swallowedWarning(_ column: Int, _ csv: Span<UInt8>) -> String? {
        guard let (field, lines) = swallowed(column) else { return nil }
        let line = LineEnds.line(of: field.start, in: csv)
        let otherQuote = layout.dialect.quote == CSVDialect().quote ? "single" : "double"
        return "the cell in line \(line), column \(layout.names[column].quotedName), spans \(lines) lines: "
            + "a quote is probably missing, so rows are lost; if quotes mean nothing, say quote=\(otherQuote)"
    }

    /// The distinct texts of the cells that are not in the notation of the column.
    func oddTexts(_ column: Int, _ bytes: Span<UInt8>) -> ColumnLabels {
        ColumnLabels(findings(column).map(\.odd), bytes, layout.dialect, limit: ColumnLabels.maxTexts)
    }

    /// The words for missing values that occur in a column of numbers or dates.
    func words(_ column: Int, _ bytes: Span<UInt8>) -> [String] {
        ColumnLabels(findings(column).map(\.words), bytes, layout.dialect, limit: ColumnLabels.maxTexts).texts
    }

    /// The distinct texts of a text column or of the target, without ``missingTexts``.
    func labels(_ column: Int, _ bytes: Span<UInt8>, limit: Int) -> ColumnLabels {
        ColumnLabels(
            findings(column).map(\.labels),
            bytes,
            layout.dialect,
            // The chunks have no more, so that the result is the same for any number of chunks.
            limit: min(limit, plan(column).labelLimit),
            without: missingTexts
        )
    }

    /// Frees a column's memory.
    ///
    /// The column cannot be read afterwards.
    func free(_ column: Int) { buffers(column).free(column) }
}

/// The values of a column.
extension CSVColumns {
    /// The values of a numeric column that is not the target; NaN for a missing value.
    func floats(_ column: Int) -> [Float] {
        let buffers = buffers(column)
        var values: [Float] = []
        values.reserveCapacity(rows)
        for (_, rows) in ranges { buffers.copy(rows, column: column, to: &values) }
        let missing = missingWords.numbers.map { plan(column).scaling.float($0) }
        return missing.isEmpty ? values : values.map { missing.contains($0) ? .nan : $0 }
    }

    /// The range of a column of numbers, if it is less than `share` of the numbers' size; otherwise nil.
    ///
    /// The search ends at the first rows that make the range wide enough, so it is short for most columns.
    func narrowRange(_ column: Int, below share: Float) -> (least: Float, most: Float, hasFraction: Bool)? {
        let buffers = buffers(column)
        var (least, most, hasFraction) = (Float.infinity, -Float.infinity, false)
        for (_, rows) in ranges {
            for row in rows {
                let value = buffers.float(row: row, column: column)
                guard !value.isNaN else { continue }
                (least, most) = (min(least, value), max(most, value))
                hasFraction = hasFraction || value != value.rounded()
                // A later number that makes the size greater makes the range greater, too.
                if most - least > 2 * share * max(least.magnitude, most.magnitude) { return nil }
            }
        }
        guard least <= most, most - least < share * max(least.magnitude, most.magnitude) else { return nil }
        return (least, most, hasFraction)
    }

    /// The numbers of the target, or the seconds of a column of dates; NaN for a missing value.
    func doubles(_ column: Int) -> [Double] {
        let buffers = buffers(column)
        let missing = missingWords.numbers
        let values = gather { _, row in buffers.number(row: row, column: column) }
        return missing.isEmpty ? values : values.map { missing.contains($0) ? .nan : $0 }
    }

    /// The values of a text column as indices into `labels.texts`; NaN for a missing value.
    func floats(_ column: Int, as labels: ColumnLabels) -> [Float] {
        gather(column, labels) { $0.map { Float($0) } ?? .nan }
    }

    /// The values of a text column as their indices in `known`; NaN for a missing or unknown text.
    func floats(_ column: Int, as labels: ColumnLabels, among known: [ExactText: Int]) -> [Float] {
        let index = labels.texts.map { text in known[ExactText(text)].map { Float($0) } ?? .nan }
        return gather(column, labels) { $0.map { index[$0] } ?? .nan }
    }

    /// The values of the target as indices into `labels.texts`.
    ///
    /// Precondition: no cell is missing, and there are at most 65,536 distinct texts.
    func classes(_ column: Int, as labels: ColumnLabels) -> [UInt16] {
        gather(column, labels) { $0.map { UInt16($0) } ?? 0 }
    }

    /// Removes the rows in which the target is missing, and returns their number.
    ///
    /// `labels` are the target's classes; nil for a target of numbers.
    mutating func dropRows(without column: Int, _ labels: ColumnLabels?) -> Int {
        let before = rows
        let buffers = buffers(column)
        let missing = missingWords.numbers
        func isMissing(_ chunk: Int, _ row: Int) -> Bool {
            if let labels {
                return labels.index(of: buffers.label(row: row, column: column), inChunk: chunk) == nil
            }
            let number = buffers.number(row: row, column: column)
            return number.isNaN || missing.contains(number)
        }
        ranges = ranges.flatMap { chunk, rows in
            var kept: [(Int, Range<Int>)] = []
            var start = rows.lowerBound
            for row in rows where isMissing(chunk, row) {
                if start < row { kept.append((chunk, start..<row)) }
                start = row + 1
            }
            if start < rows.upperBound { kept.append((chunk, start..<rows.upperBound)) }
            return kept
        }
        return before - rows
    }

    private func gather<Value>(
        _ column: Int,
        _ labels: ColumnLabels,
        _ value: (_ index: Int?) -> Value
    ) -> [Value] {
        let buffers = buffers(column)
        return gather { chunk, row in
            value(labels.index(of: buffers.label(row: row, column: column), inChunk: chunk))
        }
    }

    private func gather<Value>(_ value: (_ chunk: Int, _ row: Int) -> Value) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(rows)
        for (chunk, rows) in ranges {
            for row in rows { values.append(value(chunk, row)) }
        }
        return values
    }
}
