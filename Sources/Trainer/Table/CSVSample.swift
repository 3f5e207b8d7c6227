/// The first rows of a file, taken apart in one dialect: what all guesses are made from.
struct CSVSample {
    private(set) var rows: [[CSVField]] = []
    /// Where the second row begins.
    private(set) var secondRow = 0
    /// Where the last of `rows` ends.
    private(set) var end: Int
    /// Fields that stand in quotes.
    private(set) var quoted = 0
    private(set) var fault: CSVFault?

    let start: Int
    let dialect: CSVDialect

    /// No more of a file is looked at to guess.
    private static let maxBytes = 1 << 20

    /// Takes up to `limit` rows; a row that the sample's end cuts off does not count.
    init(_ bytes: Span<UInt8>, _ dialect: CSVDialect, limit: Int) {
        self.dialect = dialect
        let scanner = CSVScanner(dialect)
        var position = Self.lengthOfMark(bytes)
        scanner.skipBlankLines(bytes, &position)
        start = position
        end = position
        do throws(CSVFault) {
            while rows.count < limit, position < min(bytes.count, start + Self.maxBytes) {
                var row: [CSVField] = []
                var more = true
                while more {
                    let next = try scanner.next(bytes, &position)
                    if next.field.start > 0, bytes[next.field.start - 1] == dialect.quote { quoted += 1 }
                    row.append(next.field)
                    more = next.more
                }
                rows.append(row)
                end = position
                scanner.skipBlankLines(bytes, &position)
                if rows.count == 1 { secondRow = position }
            }
        } catch {
            fault = error
        }
    }

    /// A byte order mark says that what follows is UTF-8, which it is anyway.
    private static func lengthOfMark(_ bytes: Span<UInt8>) -> Int {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return bytes.count >= 3 && mark.indices.allSatisfy { bytes[$0] == mark[$0] } ? 3 : 0
    }

    /// How many fields most rows have.
    var usualFields: Int { usual.fields }

    /// The share of rows that have as many fields as most, 0 where most have a single one.
    var agreement: Double { usual.fields > 1 ? Double(usual.rows) / Double(rows.count) : 0 }

    private var usual: (fields: Int, rows: Int) {
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) } ?? (0, 0)
    }
}
