/// How to read a file as training data.
///
/// The reader detects each setting that is nil.
package struct TableOptions: Equatable, Sendable {
    package var csv = CSVOptions()
    /// The name of the column to predict, or its position: 0 is the first column, -1 the last, -2 the one before it.
    package var target: String?
    package var task: TaskKind?
    /// The names of columns that are left out.
    package var ignored: [String] = []
    /// How columns are read, by name; the reader decides about the others.
    package var types: [String: ColumnType] = [:]
    /// Words that stand for a missing value in all columns, besides those that the reader knows.
    package var missingWords: [String] = []
    /// The mark between thousands in all columns of numbers.
    package var thousands: Thousands?
    /// The name of the column whose equal values make rows a group; it is no feature.
    package var group: String?
    /// The name of the column with the weights of rows; it is no feature.
    package var weight: String?
    /// Whether the time of each row is needed.
    package var needsTime = false
    /// The largest amount of memory that the columns may need, in bytes.
    package var memoryLimit = Int.max
    /// The size of a piece of the file that a thread reads at a time, in bytes.
    var chunkSize = 2 << 20

    package init() {}
}

/// What a model predicts: a class or a number.
package enum TaskKind: String, Codable, Sendable {
    case classification
    case regression
}

/// How the cells of a column are read.
package enum ColumnType: String, Codable, Sendable {
    case number
    /// Each different text is a category.
    case text
    /// A date, a time, or both.
    case date
}

/// The mark between the thousands of a number.
package enum Thousands: String, Codable, Sendable {
    case comma, point
    /// A blank, also a no-break or a thin one.
    case blank
    case apostrophe
    /// No mark: `1,234` and `1.234` are no thousands.
    case none
}
