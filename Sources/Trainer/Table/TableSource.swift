/// The columns of a file as they were read, before anything is left out.
struct TableSource {
    let columns: CSVColumns
    /// Index of the column to predict.
    let target: Int
    let decisions: [String]

    /// A column where more cells than this share are no numbers holds texts; where fewer are, they are mistakes.
    static let tolerance = 0.05

    init(
        _ csv: Span<UInt8>,
        _ options: TableOptions,
        threads: Int,
        _ watch: ReadingWatch
    ) throws(TrainingError) {
        do throws(CSVError) {
            let layout = try CSVLayout(csv, options.csv)
            let target = try Self.target(options.target, in: layout)
            try Self.checkSize(layout, csv, limit: options.memoryLimit)
            var uses = Self.uses(layout, csv)
            uses[target] = .target
            func read(_ uses: [ColumnUse]) throws(CSVError) -> CSVColumns {
                try CSVReader(layout: layout, uses: uses, threads: threads).read(csv, watch)
            }
            var columns = try read(uses)
            // A column whose first rows were numbers may still turn out to be one of texts.
            let texts = uses.indices.filter { uses[$0] == .number && columns.holdsTexts($0) }
            if !texts.isEmpty {
                for column in texts { uses[column] = .text }
                columns = try read(uses)
            }
            self.columns = columns
            self.target = target
            decisions = layout.remarks + [Self.remark(on: target, in: layout, isAsked: options.target != nil)]
        } catch {
            throw error == .cancelled ? .cancelled : .csv(error)
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

    private static func remark(on target: Int, in layout: CSVLayout, isAsked: Bool) -> String {
        let reason =
            isAsked
            ? "as asked" : target == layout.targetByName ? "a usual name for one" : "the last column"
        return "the target is \"\(layout.names[target])\", \(reason)"
    }

    /// Refuses a file whose columns would not fit, judged by the length of its first rows.
    private static func checkSize(_ layout: CSVLayout, _ csv: Span<UInt8>, limit: Int) throws(CSVError) {
        let rows = Int(Double(csv.count) / layout.meanRowLength)
        let columns = layout.names.count
        // A float and a bin per cell.
        let bytes = rows * columns * 5
        guard bytes <= limit, rows < Int(UInt32.max) else {
            throw .tooLarge(rows: rows, columns: columns, bytes: bytes, limit: limit)
        }
    }

    /// Numbers or texts, as in the first rows.
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
    /// Whether too many cells of a column of numbers are none for that to be a mistake.
    func holdsTexts(_ column: Int) -> Bool {
        let texts = texts(column)
        return texts > 0 && Double(texts) > TableSource.tolerance * Double(rows - missing(column))
    }
}
