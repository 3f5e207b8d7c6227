/// What the reader counted and found in one column of a chunk.
struct ColumnFindings {
    /// The number of cells without a value, with ``words`` in a column of numbers or dates.
    var missing = 0
    /// The cells `NA`, `None` and `null`.
    var words = LabelTable(limit: 32)
    /// The number of cells that are neither missing nor in the notation of the column.
    var oddCells = 0
    /// The distinct texts of these cells.
    var odd = LabelTable(limit: 1_000)
    /// The greatest magnitude of the numbers that do not fit in a 32-bit float; 0 if all fit.
    var tooLarge = 0.0
    /// The number of cells in quotes that had blanks at an end, which are left out.
    var trimmed = 0
    /// The first cell in quotes that seems to have swallowed rows, and the number of its lines.
    var swallowed: (field: CSVField, lines: Int)?
    /// The distinct texts of a text column or of the target.
    var labels: LabelTable

    init(labelLimit: Int) { labels = LabelTable(limit: labelLimit) }
}
