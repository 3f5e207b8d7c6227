/// How to read a file as a table to learn from; what is nil is found out.
package struct TableOptions: Equatable, Sendable {
    package var csv = CSVOptions()
    /// The name of the column to predict, or its position from 0 on, from the end where it is negative.
    package var target: String?
    package var task: TaskKind?
    /// The bytes that the table may take in memory.
    package var memoryLimit = Int.max

    package init() {}
}

/// What is learnt: to tell classes apart, or to say a number.
package enum TaskKind: String, Codable, CaseIterable, Sendable {
    case classification
    case regression
}
