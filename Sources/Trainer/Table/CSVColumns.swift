/// The columns of a file once all its chunks are read.
struct CSVColumns {
    let layout: CSVLayout
    let uses: [ColumnUse]
    private let chunks: [CSVChunk]
    private let buffers: ColumnBuffers
    /// Which rows of the buffers there are, chunk by chunk: between chunks there may be room left.
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

    /// Cells of a column that are neither a number nor missing; cells that are missing.
    func texts(_ column: Int) -> Int { chunks.reduce(0) { $0 + $1.findings[column].texts } }
    func missing(_ column: Int) -> Int { chunks.reduce(0) { $0 + $1.findings[column].missing } }
    func firstText(_ column: Int) -> CSVField? { first { $0.findings[column].firstText } }
    func firstTooLarge(_ column: Int) -> CSVField? { first { $0.findings[column].firstTooLarge } }

    private func first(_ field: (CSVChunk) -> CSVField?) -> CSVField? {
        for chunk in chunks { if let found = field(chunk) { return found } }
        return nil
    }

    /// A column of numbers; a missing one is NaN.
    func floats(_ column: Int) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(rows)
        for (_, rows) in ranges { buffers.copy(rows, column: column, to: &values) }
        return values
    }

    /// The target's numbers; a missing one is NaN.
    func numbers() -> [Double] { gather { _, row in buffers.number(row: row) } }

    /// The different texts of a column.
    func labels(_ column: Int, _ bytes: Span<UInt8>, limit: Int) -> ColumnLabels {
        ColumnLabels(chunks.map { $0.findings[column].labels }, bytes, layout.dialect, limit: limit)
    }

    /// The same where they are to be told apart, as bytes that are no UTF-8 cannot be.
    ///
    /// - Throws: ``CSVError/notUTF8(line:byte:)``.
    func distinctLabels(
        _ column: Int,
        _ bytes: Span<UInt8>,
        limit: Int
    ) throws(TrainingError) -> ColumnLabels {
        let labels = labels(column, bytes, limit: limit)
        do throws(CSVError) {
            for entry in labels.entries { try CSVEncoding.requireUTF8(entry.field, in: bytes) }
        } catch {
            throw .csv(error)
        }
        return labels
    }

    /// A column of texts as the indices of their labels; a missing one is NaN.
    func floats(_ column: Int, as labels: ColumnLabels) -> [Float] {
        gather { chunk, row in
            let label = buffers.label(row: row, column: column)
            return label == ColumnBuffers.noLabel ? .nan : Float(labels.index(of: label, inChunk: chunk))
        }
    }

    /// A column of texts as the indices that they have among known ones; NaN for a missing or another one.
    func floats(_ column: Int, as labels: ColumnLabels, among known: [ExactText: Int]) -> [Float] {
        let index = labels.texts.map { text in known[ExactText(text)].map { Float($0) } ?? .nan }
        return gather { chunk, row in
            let label = buffers.label(row: row, column: column)
            return label == ColumnBuffers.noLabel ? .nan : index[labels.index(of: label, inChunk: chunk)]
        }
    }

    /// A column of texts as the indices of their labels, of which there are few and no missing ones.
    func classes(_ column: Int, as labels: ColumnLabels) -> [UInt16] {
        gather { chunk, row in
            UInt16(labels.index(of: buffers.label(row: row, column: column), inChunk: chunk))
        }
    }

    /// Leaves out the rows where a column of texts has a missing one, and returns how many there were.
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

    /// Gives back a column's memory; it cannot be read again.
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
