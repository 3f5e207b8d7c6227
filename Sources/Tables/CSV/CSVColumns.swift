/// The columns of a file after all of its chunks are read.
struct CSVColumns {
    let layout: CSVLayout
    let uses: [ColumnUse]
    private let chunks: [CSVChunk]
    private let buffers: ColumnBuffers
    /// The ranges of rows in the buffers that are in use, chunk by chunk.
    ///
    /// A chunk may use fewer rows than its capacity.
    private var ranges: [(chunk: Int, rows: Range<Int>)]

    var rows: Int { ranges.reduce(0) { $0 + $1.rows.count } }

    init(layout: CSVLayout, uses: [ColumnUse], chunks: [CSVChunk], buffers: ColumnBuffers) {
        self.layout = layout
        self.uses = uses
        self.chunks = chunks
        self.buffers = buffers
        ranges = chunks.enumerated().map {
            ($0.offset, $0.element.firstRow..<$0.element.firstRow + $0.element.rows)
        }
    }

    /// The number of cells of a column that are neither a number nor missing.
    func texts(_ column: Int) -> Int { chunks.reduce(0) { $0 + $1.findings[column].texts } }
    /// The number of missing cells of a column.
    func missing(_ column: Int) -> Int { chunks.reduce(0) { $0 + $1.findings[column].missing } }
    func firstText(_ column: Int) -> CSVField? { first { $0.findings[column].firstText } }
    func firstTooLarge(_ column: Int) -> CSVField? { first { $0.findings[column].firstTooLarge } }

    private func first(_ field: (CSVChunk) -> CSVField?) -> CSVField? {
        for chunk in chunks { if let found = field(chunk) { return found } }
        return nil
    }

    /// The values of a numeric column; NaN for a missing value.
    func floats(_ column: Int) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(rows)
        for (_, rows) in ranges { buffers.copy(rows, column: column, to: &values) }
        return values
    }

    /// The numbers of the target column; NaN for a missing number.
    func numbers() -> [Double] { gather { _, row in buffers.number(row: row) } }

    /// The distinct texts of a column.
    func labels(_ column: Int, _ bytes: Span<UInt8>, limit: Int) -> ColumnLabels {
        ColumnLabels(chunks.map { $0.findings[column].labels }, bytes, layout.dialect, limit: limit)
    }

    /// The distinct texts of a column, after a check that they are UTF-8.
    ///
    /// The check is needed because different invalid texts could decode to equal strings.
    ///
    /// - Throws: ``CSVError/notUTF8(line:byte:)`` as a ``TableError``.
    func distinctLabels(
        _ column: Int,
        _ bytes: Span<UInt8>,
        limit: Int
    ) throws(TableError) -> ColumnLabels {
        let labels = labels(column, bytes, limit: limit)
        do throws(CSVError) {
            for entry in labels.entries { try CSVEncoding.requireUTF8(entry.field, in: bytes) }
        } catch {
            throw .csv(error)
        }
        return labels
    }

    /// The values of a text column as indices into `labels.texts`; NaN for a missing value.
    func floats(_ column: Int, as labels: ColumnLabels) -> [Float] {
        gather { chunk, row in
            let label = buffers.label(row: row, column: column)
            return label == ColumnBuffers.noLabel ? .nan : Float(labels.index(of: label, inChunk: chunk))
        }
    }

    /// The values of a text column as their indices in `known`; NaN for a missing or unknown text.
    func floats(_ column: Int, as labels: ColumnLabels, among known: [ExactText: Int]) -> [Float] {
        let index = labels.texts.map { text in known[ExactText(text)].map { Float($0) } ?? .nan }
        return gather { chunk, row in
            let label = buffers.label(row: row, column: column)
            return label == ColumnBuffers.noLabel ? .nan : index[labels.index(of: label, inChunk: chunk)]
        }
    }

    /// The values of a text column as indices into `labels.texts`.
    ///
    /// Precondition: no cell is missing, and there are at most 65,536 distinct texts.
    func classes(_ column: Int, as labels: ColumnLabels) -> [UInt16] {
        gather { chunk, row in
            UInt16(labels.index(of: buffers.label(row: row, column: column), inChunk: chunk))
        }
    }

    /// Removes the rows in which the target column is missing, and returns their number.
    mutating func dropRowsWithout(_ column: Int, isNumber: Bool) -> Int {
        let before = rows
        ranges = ranges.flatMap { chunk, rows in
            var kept: [(Int, Range<Int>)] = []
            var start = rows.lowerBound
            for row in rows where isMissing(row, column, isNumber: isNumber) {
                if start < row { kept.append((chunk, start..<row)) }
                start = row + 1
            }
            if start < rows.upperBound { kept.append((chunk, start..<rows.upperBound)) }
            return kept
        }
        return before - rows
    }

    private func isMissing(_ row: Int, _ column: Int, isNumber: Bool) -> Bool {
        isNumber
            ? buffers.number(row: row).isNaN
            : buffers.label(row: row, column: column) == ColumnBuffers.noLabel
    }

    /// Frees a column's memory.
    ///
    /// The column cannot be read afterwards.
    func free(_ column: Int) { buffers.free(column) }

    private func gather<Value>(_ value: (_ chunk: Int, _ row: Int) -> Value) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(rows)
        for (chunk, rows) in ranges {
            for row in rows { values.append(value(chunk, row)) }
        }
        return values
    }
}
