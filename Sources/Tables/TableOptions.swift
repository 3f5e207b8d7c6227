/// How to read a file as training data.
///
/// The reader detects each setting that is nil.
package struct TableOptions: Equatable, Sendable {
    package var csv = CSVOptions()
    /// The name of the column to predict, or its position: 0 is the first column, -1 the last, -2 the one before it.
    package var target: String?
    package var task: TaskKind?
    /// The largest amount of memory that the columns may need, in bytes.
    package var memoryLimit = Int.max

    package init() {}
}

/// What a model predicts: a class or a number.
package enum TaskKind: String, Codable, Sendable {
    case classification
    case regression
}
