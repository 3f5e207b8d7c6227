/// The rows of a file that are not like the others, each kind with the offset of the first.
struct OddRows: Equatable {
    struct Kind: Equatable {
        var count = 0
        /// The offset of the first such row; nil if there is none.
        var first: Int?
        /// The number of fields of the first such row.
        var fields = 0

        mutating func add(at offset: Int, fields: Int) {
            count += 1
            guard first == nil else { return }
            (first, self.fields) = (offset, fields)
        }

        static func + (one: Kind, other: Kind) -> Kind {
            let first = one.first == nil ? other : one
            return Kind(count: one.count + other.count, first: first.first, fields: first.fields)
        }
    }

    /// Rows with fewer fields than columns; the other cells are missing.
    var short = Kind()
    /// Rows with more fields than columns, which are left out.
    var long = Kind()
    /// Lines with a single field, such as a footer, which are left out.
    var lone = Kind()
    /// Rows that repeat the header, which are left out.
    var headers = Kind()
    /// Rows with text after a closing quote, which is kept.
    var strays = Kind()
    /// The last row if it sums up the others, which is left out.
    var footers = Kind()
    /// The offsets of the ``long`` rows of a chunk, until the chunk is read without them.
    var skipped: Set<Int> = []

    static func + (one: OddRows, other: OddRows) -> OddRows {
        OddRows(
            short: one.short + other.short,
            long: one.long + other.long,
            lone: one.lone + other.lone,
            headers: one.headers + other.headers,
            strays: one.strays + other.strays,
            footers: one.footers + other.footers
        )
    }

    /// One sentence for each kind that occurs.
    func remarks(columns: Int, _ bytes: Span<UInt8>) -> [String] {
        func place(_ kind: Kind) -> String? {
            guard let first = kind.first else { return nil }
            let line = LineEnds.line(of: first, in: bytes)
            return kind.count == 1 ? "line \(line)" : "\(kind.count) lines, the first of them line \(line),"
        }
        func verb(_ kind: Kind, _ one: String, _ many: String) -> String { kind.count == 1 ? one : many }
        return [
            place(short).map {
                "\($0) \(verb(short, "has", "have")) fewer than \(columns) fields: the other cells count as missing"
            },
            place(long).map {
                "\($0) \(verb(long, "has", "have")) more than \(columns) fields and \(verb(long, "is", "are")) left out"
            },
            place(lone).map {
                "\($0) \(verb(lone, "has", "have")) a single field and \(verb(lone, "is", "are")) left out"
            },
            place(strays).map {
                "\($0) \(verb(strays, "has", "have")) text after a closing quote: the cell keeps its quotes"
            },
            place(footers).map { "\($0) sums up the rows and is left out" },
            place(headers).map {
                "\($0) \(verb(headers, "repeats", "repeat")) the header and \(verb(headers, "is", "are")) left out"
            },
        ].compactMap(\.self)
    }
}
