import Support

@testable import Tables

/// The cells of a CSV file as ``CSVReader`` reads them.
enum CSVCells {
    /// The names of the columns and every cell as text; a missing cell is empty.
    static func rows(
        _ csv: [UInt8],
        _ options: CSVOptions = CSVOptions(),
        chunkSize: Int = 1 << 20
    ) throws(CSVError) -> (names: [String], rows: [[String]]) {
        let layout = try CSVLayout(csv.span, options)
        let plans = layout.names.map { _ in ColumnPlan(kind: .text) }
        var reader = CSVReader(layout: layout, plans: plans, threads: 3)
        reader.chunkSize = chunkSize
        let read = try reader.read(csv.span)
        let columns = CSVColumns(layout: layout, missingWords: MissingWords(), read)
        let texts = plans.indices.map { column in
            let labels = columns.labels(column, csv.span, limit: .max)
            return columns.floats(column, as: labels).map { $0.isNaN ? "" : labels.texts[Int($0)] }
        }
        return (layout.names, (0..<columns.rows).map { row in texts.map { $0[row] } })
    }

    /// What the layout and the rows of a text are remarked on.
    static func remarks(_ text: String) throws(CSVError) -> [String] {
        let csv = Array(text.utf8)
        let layout = try CSVLayout(csv.span)
        let plans = layout.names.map { _ in ColumnPlan(kind: .ignored) }
        let read = try CSVReader(layout: layout, plans: plans, threads: 1).read(csv.span)
        return layout.remarks + read.oddRows.remarks(columns: plans.count, csv.span)
    }
}

extension TrainingTable {
    /// A table from text.
    init(
        _ text: String,
        target: String? = nil,
        task: TaskKind? = nil,
        _ change: (inout TableOptions) -> Void = { _ in }
    ) throws(TableError) {
        var options = TableOptions()
        (options.target, options.task) = (target, task)
        change(&options)
        let bytes = Array(text.utf8)
        try self.init(bytes.span, options, threads: 2)
    }

    /// A table whose column `y` has the classes p and q in turn, beside columns with the given names and cells.
    ///
    /// `cells` has the row, and returns the cells before `y` with the commas between them.
    init(_ names: String, rows: Int, _ cells: (Int) -> String) throws(TableError) {
        let body = (0..<rows).map { "\(cells($0)),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()
        try self.init("\(names),y\n\(body)", target: "y")
    }

    func feature(_ name: String) -> Feature? { data.features.first { $0.name == name } }

    /// The values of a feature; nil for a missing one.
    func values(_ name: String) -> [Float?]? {
        feature(name)?.values.map { $0.isNaN ? nil : $0 }
    }

    /// The categories of a feature; nil if it is numeric.
    func categories(_ name: String) -> [String]? {
        guard case .categorical(let labels) = feature(name)?.kind else { return nil }
        return labels
    }

    /// How the column was read.
    func column(_ name: String) -> TableReading.Column? { reading.columns.first { $0.name == name } }

    /// The numbers of a regression; nil for a classification.
    var numbers: [Double]? {
        guard case .regression(let values) = data.target else { return nil }
        return values
    }

    /// Whether a decision or a warning has `words`.
    func says(_ words: String) -> Bool { (decisions + warnings).contains { $0.contains(words) } }
}

extension TableProfile {
    /// A span of a temporary array cannot be an argument inside an expectation.
    init(of text: String) throws(CSVError) {
        let bytes = Array(text.utf8)
        try self.init(of: bytes.span, threads: 2)
    }
}

extension SeededGenerator {
    /// A number from 0 to `bound - 1`.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
