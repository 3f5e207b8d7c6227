@testable import Trainer

/// Files as the fast reader sees them.
enum Texts {
    /// Every cell as text; a missing one is empty.
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

extension Table {
    /// A table from text, which is enough for most tests.
    init(
        _ text: String,
        target: String? = nil,
        task: TaskKind? = nil,
        csv: CSVOptions = CSVOptions()
    ) throws(TrainingError) {
        var options = TableOptions()
        (options.target, options.task, options.csv) = (target, task, csv)
        let bytes = Array(text.utf8)
        try self.init(bytes.span, options, threads: 2)
    }

    func feature(_ name: String) -> Feature? { data.features.first { $0.name == name } }
}
