/// How the cells of a column are read.
package enum ColumnReading: String, Codable, CaseIterable, Sendable {
    case number
    /// Each different text is a category.
    case text
    /// A date, a time, or both.
    case date

    /// Parses a word of the setting `types`; `category` means the same as `text`.
    init?(word: String) {
        self.init(rawValue: word == "category" ? "text" : word)
    }
}
