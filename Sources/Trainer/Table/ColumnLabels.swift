/// The different texts of a whole column, put in order, and which of them each chunk's numbers stand for.
struct ColumnLabels {
    /// In their order; empty where they are too many.
    let texts: [String]
    /// Whether there are more texts than anyone wanted to tell apart.
    let isIncomplete: Bool
    /// Each text where it first stood, as they came, and how many cells hold it.
    let entries: [LabelTable.Entry]
    /// For each chunk, the index in `texts` of each of its numbers.
    private let indices: [[Int32]]

    /// More different texts than this are never told apart: they name rows.
    static let maxTexts = 1 << 20

    /// Joins the tables of all chunks, if there are no more than `limit` different texts.
    init(_ tables: [LabelTable], _ bytes: Span<UInt8>, _ dialect: CSVDialect, limit: Int) {
        var joined = LabelTable(limit: limit)
        let numbers = tables.map { table in
            table.entries.map { joined.number(of: $0.field, in: bytes, count: $0.count) ?? 0 }
        }
        entries = joined.entries
        isIncomplete = joined.isFull || tables.contains { $0.isFull }
        guard !isIncomplete else {
            (texts, indices) = ([], [])
            return
        }
        let written = entries.map { $0.field.text(in: bytes, dialect) }
        let (labels, index) = ClassLabels.ordered(written)
        texts = labels
        indices = numbers.map { $0.map { Int32(index[$0]) } }
    }

    /// The index in ``texts`` of what is number `label` in chunk number `chunk`.
    func index(of label: UInt32, inChunk chunk: Int) -> Int { Int(indices[chunk][Int(label)]) }
}
