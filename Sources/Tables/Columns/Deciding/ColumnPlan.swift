/// How the reader stores the cells of a column.
struct ColumnPlan: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Stores nothing.
        case ignored
        case number(NumberNotation)
        case date(DateFormat)
        /// Stores labels.
        case text
    }

    var kind: Kind
    /// Whether the column is the target: then the labels are stored also of numbers, and the numbers as doubles.
    var isTarget = false
    /// What is done to numbers before they are stored as 32-bit floats.
    var scaling = FloatScaling.none

    /// The number of distinct texts that are stored at most: of numbers, those that a target of classes may have.
    var labelLimit: Int { isTarget && kind != .text ? Target.maxClasses + 1 : ColumnLabels.maxTexts }
}
