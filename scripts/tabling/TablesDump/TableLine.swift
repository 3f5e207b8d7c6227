import Tables
import Trainer

/// What `scripts/tables` is told about one file, as one line of JSON.
struct TableLine: Encodable {
    /// A column of the file, as it was read.
    struct Column: Encodable {
        /// What the column is for.
        enum Use: String, Encodable {
            case target
            case feature
            case leftOut
        }

        let name: String
        var use = Use.leftOut
        /// `number`, `category` or `date`; nil if the column was left out.
        var kind: String?
        /// Why it was left out; nil if it was not.
        var why: String?
        /// The number of categories or classes; nil for numbers.
        var categories: Int?
    }

    let file: String
    /// Why the file gave no model; nil if it did.
    var error: String?
    var rows: Int?
    var decisions: [String] = []
    var warnings: [String] = []
    var target: String?
    var task: TaskKind?
    /// The columns in the order of the file.
    var columns: [Column] = []
    /// The accuracy or R² on the test rows; nil without a training or a test row.
    var score: Double?
    /// The size of the model's file, in bytes; nil without a training.
    var modelSize: Int?
    /// The path of the file with the values of all columns, as ``ColumnValues`` writes it.
    var values: String?
    /// The wall time of reading, training and writing.
    var seconds: Double?

    init(file: String) { self.file = file }

    /// Adds how the table was read.
    mutating func add(_ table: TrainingTable) {
        rows = table.data.rows
        (decisions, warnings) = (table.decisions, table.warnings)
        target = table.data.targetName
        let values = ColumnValues.all(of: table)
        columns = table.reading.columns.map { reading in
            Column(
                name: reading.name,
                use: reading.isTarget == true ? .target : reading.leftOut == nil ? .feature : .leftOut,
                kind: reading.kind?.rawValue,
                why: reading.leftOut,
                categories: values.first { $0.name == reading.name }?.labels?.count
            )
        }
    }

    /// Adds the score of a training, and the warnings that it found beside those of the reading.
    mutating func add(_ report: Report) {
        task = report.task
        (decisions, warnings) = (report.decisions, report.warnings)
        score = (report.classification?.accuracy ?? report.regression?.r2).flatMap { $0.isFinite ? $0 : nil }
    }
}
