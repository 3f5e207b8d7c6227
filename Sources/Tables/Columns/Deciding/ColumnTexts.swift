/// The distinct texts of a column with the number of their cells, in the order in which they first appear.
///
/// They are those of the first rows, and after a pass over all rows also those that the first decision did not expect.
struct ColumnTexts {
    typealias Entry = (text: String, count: Int)

    private(set) var sampled: [Entry] = []
    private(set) var pass: Pass?

    /// What a pass over all rows found.
    struct Pass {
        /// What the column was thought to be.
        let kind: ColumnPlan.Kind
        /// The number of cells that agreed.
        let agreeing: Int
        /// The greatest number among them.
        let largest: Double
        /// The texts of the other cells.
        let odd: [Entry]
    }

    init() {}

    /// The texts of one column of a sample, without missing cells.
    init(_ column: Int, of layout: CSVLayout, _ bytes: Span<UInt8>, missingWords: MissingWords) {
        var table = LabelTable(limit: .max)
        for row in layout.sample where row.count > column {
            guard missingWords.cell(row[column], bytes) == .present else { continue }
            _ = table.index(of: row[column], in: bytes)
        }
        sampled = Self.entries(table.entries, bytes, layout.dialect)
    }

    static func entries(
        _ entries: some Sequence<LabelTable.Entry>,
        _ bytes: Span<UInt8>,
        _ dialect: CSVDialect
    ) -> [Entry] {
        entries.map { ($0.field.text(in: bytes, dialect), $0.count) }
    }

    /// The same texts with what a pass over all rows found.
    func adding(_ pass: Pass) -> ColumnTexts {
        var all = self
        all.pass = pass
        return all
    }

    var isEmpty: Bool { sampled.isEmpty && (pass.map { $0.odd.isEmpty } ?? true) }

    /// The texts as evidence for a notation of numbers.
    var evidence: NumberEvidence {
        var evidence = NumberEvidence()
        for entry in sampled { evidence.add(entry.text, count: entry.count) }
        guard let pass else { return evidence }
        evidence.beginPass()
        if case .number(let notation) = pass.kind {
            evidence.addRead(pass.agreeing, in: notation, largest: pass.largest)
        }
        for entry in pass.odd { evidence.add(entry.text, count: entry.count) }
        return evidence
    }

    /// All texts; the cells that agreed with the first decision are counted with the first text that does.
    var all: [Entry] {
        guard let pass else { return sampled }
        let known = Set(pass.odd.map(\.text))
        var entries = sampled.filter { !known.contains($0.text) }
        let cells = entries.reduce(0) { $0 + $1.count }
        if !entries.isEmpty { entries[0].count += max(0, pass.agreeing - cells) }
        return entries + pass.odd
    }

    /// Whether some text is a plain number.
    var hasPlainNumber: Bool {
        all.contains { entry in
            let bytes: [UInt8] = Array(entry.text.utf8)
            return NumberNotation.plain.value(bytes.span, 0..<bytes.count) != nil
        }
    }

    /// Whether no text contradicts a plan.
    func fits(_ kind: ColumnPlan.Kind) -> Bool {
        sampled.allSatisfy { entry in
            let bytes: [UInt8] = Array(entry.text.utf8)
            switch kind {
            case .ignored, .text: return true
            case .number(let notation): return notation.value(bytes.span, 0..<bytes.count) != nil
            case .date(let format): return format.seconds(bytes.span, 0..<bytes.count) != nil
            }
        }
    }
}
