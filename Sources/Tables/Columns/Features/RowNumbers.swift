/// Recognises columns that only number or name the rows.
enum RowNumbers {
    /// Words in the name of a column of row numbers.
    private static let words: Set<String> = [
        "id", "ids", "index", "idx", "no", "nr", "num", "row", "rowid", "rownum", "rownames", "rn", "serial",
        "sno", "slno", "srno",
        "sr", "unnamed", "key", "uid", "uuid", "guid", "instant", "obs", "observation", "record", "rank_id",
        "ix",
    ]

    /// Whether a column of numbers only numbers the rows: it counts by one, and its name says so or is missing.
    ///
    /// A column without a name may also have the numbers of the rows in another order, as after a shuffle.
    static func isIndex(_ values: [Float], name: String, isUnnamed: Bool) -> Bool {
        guard isUnnamed || name.hasPrefix("Unnamed: ") else {
            return hasIndexName(name) && countsByOne(values.lazy.map { Double($0) })
        }
        return values.count > 1 && values.allSatisfy { $0 >= 0 && $0 == $0.rounded() }
            && Set(values).count == values.count
    }

    /// Whether the name of a column is one of an ID or a row number.
    static func hasIndexName(_ name: String) -> Bool {
        let parts = NameWords(name).words
        guard let last = parts.last else { return true }
        return words.contains(last) || parts.first.map { words.contains($0) && parts.count <= 2 } ?? false
            || words.contains(parts.joined())
    }

    /// Whether whole numbers rise by one from row to row.
    static func countsByOne(_ values: some Collection<Double>) -> Bool {
        guard values.count > 1, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
        return zip(values, values.dropFirst()).allSatisfy { $1 - $0 == 1 }
    }
}
