/// The first rows of a file, split into fields by the rules of one dialect, for detection.
struct CSVSample {
    private(set) var rows: [[CSVField]] = []
    /// The offset of each row's first byte.
    private(set) var starts: [Int] = []
    /// The offset after the last of `rows`.
    private(set) var end: Int
    /// The number of fields in quotes.
    private(set) var quoted = 0
    /// The number of fields with text after a closing quote.
    private(set) var strays = 0
    /// The error that ended the reading; nil if there was none.
    private(set) var fault: CSVFault?

    let dialect: CSVDialect

    /// The size in bytes after which no new row begins; the last row is read to its end.
    private static let maxBytes = 1 << 20
    /// The most fields of a row; a longer row is cut, so that a file of nothing but separators does not take all memory.
    static let maxFields = 100_000

    /// Reads up to `limit` rows, from the offset `start` on.
    init(_ bytes: Span<UInt8>, _ dialect: CSVDialect, from start: Int, limit: Int) {
        self.dialect = dialect
        let scanner = CSVScanner(dialect)
        var position = start
        scanner.skipBlankLines(bytes, &position)
        let first = position
        end = position
        do throws(CSVFault) {
            while rows.count < limit, position < min(bytes.count, first + Self.maxBytes) {
                let start = position
                var row: [CSVField] = []
                var more = true
                while more {
                    let next = try scanner.next(bytes, &position)
                    if next.field.start > 0, bytes[next.field.start - 1] == dialect.quote { quoted += 1 }
                    if next.field.isStray { strays += 1 }
                    row.append(next.field)
                    more = next.more && row.count < Self.maxFields
                    if next.more, !more { fault = .tooManyFields(at: start) }
                }
                rows.append(row)
                starts.append(start)
                end = position
                guard fault == nil else { return }
                scanner.skipBlankLines(bytes, &position)
            }
        } catch {
            fault = error
        }
    }

    /// The sample without its first `count` rows.
    func dropping(_ count: Int) -> CSVSample {
        var rest = self
        rest.rows.removeFirst(count)
        rest.starts.removeFirst(count)
        return rest
    }

    /// The most frequent number of fields of a row; of equally frequent numbers, the largest.
    var usualFields: Int { usual.fields }

    /// The share of rows with the most frequent number of fields, 0 to 1; 0 if that number is 1.
    var agreement: Double { usual.fields > 1 ? Double(usual.rows) / Double(rows.count) : 0 }

    private var usual: (fields: Int, rows: Int) {
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) } ?? (0, 0)
    }
}
