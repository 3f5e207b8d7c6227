/// The columns of a file as the reader stored them, before columns or rows are left out.
struct TableSource {
    let columns: CSVColumns
    /// The index of the column to predict.
    let target: Int
    let decisions: [String]

    /// The largest share of texts among the cells of a numeric column that are not missing.
    ///
    /// In a numeric column, each text is an error. A column with a larger share of texts is a text column.
    static let tolerance = 0.05

    init(
        _ csv: Span<UInt8>,
        _ options: TableOptions,
        threads: Int,
        _ observer: ReadingObserver
    ) throws(TableError) {
        do throws(CSVError) {
            let layout = try CSVLayout(csv, options.csv)
            let target = try Self.target(options.target, in: layout)
            try Self.checkSize(layout, csv, limit: options.memoryLimit)
            var uses = Self.uses(layout, csv)
            uses[target] = .target
            func read(_ uses: [ColumnUse]) throws(CSVError) -> CSVColumns {
                try CSVReader(layout: layout, uses: uses, threads: threads).read(csv, observer)
            }
            var columns = try read(uses)
            // A column with numbers in the first rows may have texts further down. The file is then read again, with
            // this column as text.
            let texts = uses.indices.filter { uses[$0] == .number && columns.isText($0) }
            if !texts.isEmpty {
                for column in texts { uses[column] = .text }
                columns = try read(uses)
            }
            self.columns = columns
            self.target = target
            decisions = layout.remarks + [Self.remark(on: target, in: layout, isGiven: options.target != nil)]
        } catch {
            throw TableError(error)
        }
    }

    private static func target(_ name: String?, in layout: CSVLayout) throws(CSVError) -> Int {
        guard let name else { return layout.guessedTarget }
        let count = layout.names.count
        if !layout.names.contains(name), let position = Int(name), (-count..<count).contains(position) {
            return (position + count) % count
        }
        return try layout.index(of: name)
    }

    private static func remark(on target: Int, in layout: CSVLayout, isGiven: Bool) -> String {
        let reason =
            isGiven
            ? "as requested" : target == layout.targetByName ? "a common name of a target" : "the last column"
        return "the target is \"\(layout.names[target])\", \(reason)"
    }

    /// Checks that the columns fit in `limit` bytes.
    ///
    /// The number of rows is estimated from the mean length of the first rows.
    private static func checkSize(_ layout: CSVLayout, _ csv: Span<UInt8>, limit: Int) throws(CSVError) {
        let rows = Int(Double(csv.count) / layout.meanRowLength)
        let columns = layout.names.count
        // A cell needs a float of 4 bytes, and training needs a bin of 1 byte.
        let bytes = rows * columns * 5
        guard bytes <= limit, rows < Int(UInt32.max) else {
            throw .tooLarge(rows: rows, columns: columns, bytes: bytes, limit: limit)
        }
    }

    /// For each column, whether the first rows have numbers or texts.
    private static func uses(_ layout: CSVLayout, _ csv: Span<UInt8>) -> [ColumnUse] {
        layout.names.indices.map { column in
            let cells = layout.sample.compactMap { $0.count > column ? $0[column] : nil }
            let present = cells.filter { !$0.isMissing(in: csv) }
            let texts = present.count { Decimal.number(csv, $0, point: layout.dialect.point) == nil }
            return Double(texts) > tolerance * Double(present.count) ? .text : .number
        }
    }
}

extension CSVColumns {
    /// Whether a column is text, because the share of texts among its cells is greater than ``TableSource/tolerance``.
    func isText(_ column: Int) -> Bool {
        let texts = texts(column)
        return texts > 0 && Double(texts) > TableSource.tolerance * Double(rows - missing(column))
    }
}
