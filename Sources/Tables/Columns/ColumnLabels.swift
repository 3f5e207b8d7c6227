/// The distinct texts of a whole column, joined from the label tables of its chunks.
struct ColumnLabels {
    /// The distinct texts, sorted; empty if the column has more distinct texts than the limit.
    let texts: [String]
    /// Whether the column has more distinct texts than the limit.
    let isIncomplete: Bool
    /// The first cell and the number of cells of each distinct text, in the order in which the texts first appear.
    ///
    /// If the column is incomplete, the texts beyond the limit have no entry.
    let entries: [LabelTable.Entry]
    /// `indices[chunk][label]` is the index in ``texts`` of the text with the index `label` in the chunk's table.
    private let indices: [[Int32]]

    /// The largest number of distinct texts of a categorical feature.
    ///
    /// If a column has more distinct texts, its texts identify rows, as IDs do, and are not categories.
    static let maxTexts = 1 << 20

    /// Joins the tables of all chunks.
    ///
    /// The result is incomplete if the tables have more than `limit` distinct texts.
    init(_ tables: [LabelTable], _ bytes: Span<UInt8>, _ dialect: CSVDialect, limit: Int) {
        var joined = LabelTable(limit: limit)
        let numbers = tables.map { table in
            table.entries.map { joined.index(of: $0.field, in: bytes, count: $0.count) ?? 0 }
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

    /// The index in ``texts`` of the text that has the index `label` in the table of chunk `chunk`.
    func index(of label: UInt32, inChunk chunk: Int) -> Int { Int(indices[chunk][Int(label)]) }
}
