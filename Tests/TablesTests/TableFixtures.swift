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
        let uses = [ColumnUse](repeating: .text, count: layout.names.count)
        var reader = CSVReader(layout: layout, uses: uses, threads: 3)
        reader.chunkSize = chunkSize
        let columns = try reader.read(csv.span)
        let texts = uses.indices.map { column in
            let labels = columns.labels(column, csv.span, limit: .max)
            return columns.floats(column, as: labels).map { $0.isNaN ? "" : labels.texts[Int($0)] }
        }
        return (layout.names, (0..<columns.rows).map { row in texts.map { $0[row] } })
    }
}

extension TrainingTable {
    /// A table from text.
    init(
        _ text: String,
        target: String? = nil,
        task: TaskKind? = nil,
        csv: CSVOptions = CSVOptions()
    ) throws(TableError) {
        var options = TableOptions()
        (options.target, options.task, options.csv) = (target, task, csv)
        let bytes = Array(text.utf8)
        try self.init(bytes.span, options, threads: 2)
    }

    func feature(_ name: String) -> Feature? { data.features.first { $0.name == name } }
}

extension CSVProfile {
    /// A span of a temporary array cannot be an argument inside an expectation.
    init(of text: String) throws(CSVError) {
        let bytes = Array(text.utf8)
        try self.init(of: bytes.span)
    }
}

extension SeededGenerator {
    /// A number from 0 to `bound - 1`.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
