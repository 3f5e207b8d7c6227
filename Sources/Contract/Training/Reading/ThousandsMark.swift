/// The mark between the thousands of a number, in all columns of a table.
package enum ThousandsMark: String, Codable, CaseIterable, Sendable {
    case comma, point, blank, apostrophe
    /// No mark: `1,234` and `1.234` are no thousands.
    case none
}
