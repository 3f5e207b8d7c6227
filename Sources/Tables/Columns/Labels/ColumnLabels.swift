/// The distinct texts of a whole column, joined from the label tables of its chunks.
struct ColumnLabels {
    /// The distinct texts, sorted; empty if the column has more distinct texts than the limit.
    let texts: [String]
    /// The number of cells with each of ``texts``.
    let counts: [Int]
    /// Whether the column has more distinct texts than the limit.
    let isIncomplete: Bool
    /// The first cell and the number of cells of each distinct text, in the order in which the texts first appear.
    ///
    /// If the column is incomplete, the texts beyond the limit have no entry.
    let entries: [LabelTable.Entry]
    /// The first distinct texts of the column, for people; not empty even if the column is incomplete.
    let examples: [String]
    /// The texts that count as missing, as they are written.
    let missingTexts: [String]
    /// The number of cells that are left out because their text counts as missing.
    let missing: Int
    /// `indices[chunk][label]` is the index in ``texts`` of the text with the index `label` in the chunk's table; -1 if
    /// the text counts as missing.
    private let indices: [[Int32]]

    /// The largest number of distinct texts of a categorical feature.
    ///
    /// If a column has more distinct texts, its texts identify rows, as IDs do, and are not categories.
    static let maxTexts = 1 << 20
    private static let mostExamples = 200

    /// Joins the tables of all chunks, without the texts that count as missing.
    ///
    /// The result is incomplete if the tables have more than `limit` distinct texts.
    init(
        _ tables: [LabelTable],
        _ bytes: Span<UInt8>,
        _ dialect: CSVDialect,
        limit: Int,
        without missingTexts: Set<String> = []
    ) {
        var joined = LabelTable(limit: limit)
        let numbers = tables.map { table in
            table.entries.map { joined.index(of: $0.field, in: bytes, count: $0.count) ?? 0 }
        }
        entries = joined.entries
        examples = entries.prefix(Self.mostExamples).map { $0.field.text(in: bytes, dialect) }
        isIncomplete = joined.isFull || tables.contains { $0.isFull }
        guard !isIncomplete else {
            (texts, indices, counts, missing, self.missingTexts) = ([], [], [], 0, [])
            return
        }
        let written = entries.map { $0.field.text(in: bytes, dialect) }
        let isMissing = written.map { !missingTexts.isEmpty && missingTexts.contains($0.lowercased()) }
        let kept = written.indices.filter { !isMissing[$0] }
        let (labels, ranks) = ClassLabels.ordered(kept.map { written[$0] })
        var index = [Int32](repeating: -1, count: written.count)
        var counts = [Int](repeating: 0, count: labels.count)
        for (entry, rank) in zip(kept, ranks) {
            index[entry] = Int32(rank)
            counts[rank] += entries[entry].count
        }
        texts = labels
        self.counts = counts
        self.missingTexts = written.indices.filter { isMissing[$0] }.map { written[$0] }
        missing = entries.reduce(0) { $0 + $1.count } - counts.reduce(0, +)
        indices = numbers.map { $0.map { index[$0] } }
    }

    /// The index in ``texts`` of the text that has the index `label` in the table of chunk `chunk`; nil if the cell is
    /// missing.
    func index(of label: UInt32, inChunk chunk: Int) -> Int? {
        guard label != ColumnBuffers.noLabel else { return nil }
        let index = indices[chunk][Int(label)]
        return index < 0 ? nil : Int(index)
    }
}
