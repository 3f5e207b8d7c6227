/// How to read a file as training data; the reader detects what is nil.
package struct TableOptions: Equatable, Sendable {
    package var csv = CSVOptions()
    /// The name of the column to predict, or its position: from 0 on, or from -1 on backwards from the last column.
    package var target: String?
    package var task: TaskKind?
    /// The most memory that the columns may need, in bytes.
    package var memoryLimit = Int.max

    package init() {}
}

/// What a model predicts: a class or a number.
package enum TaskKind: String, Codable, Sendable {
    case classification
    case regression
}
