/// Recognises columns that only number or name the rows.
enum RowNumbers {
    /// Words in the name of a column of row numbers.
    private static let words: Set<String> = [
        "id", "ids", "index", "idx", "no", "nr", "num", "row", "rowid", "rownum", "rownames", "rn", "serial",
        "sno", "slno", "srno",
        "sr", "unnamed", "key", "uid", "uuid", "guid", "instant", "obs", "observation", "record", "rank_id",
        "ix",
    ]

    /// Whether numbers, in a column that is named like row numbers, are such: they count by one.
    ///
    /// A column without a name may also have the numbers of the rows in another order, as after a shuffle.
    static func areIndex(_ values: [Float], isUnnamed: Bool) -> Bool {
        guard isUnnamed else { return countsByOne(values.lazy.map { Double($0) }) }
        return values.count > 1 && values.allSatisfy { $0 >= 0 && $0 == $0.rounded() }
            && Set(values).count == values.count
    }

    /// Whether a column has no name, or had none when pandas wrote it.
    static func isUnnamed(_ column: Int, in layout: CSVLayout) -> Bool {
        layout.unnamed.contains(column) || layout.names[column].hasPrefix("Unnamed: ")
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
