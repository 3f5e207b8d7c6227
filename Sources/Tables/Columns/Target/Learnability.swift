/// Whether a column can be the target of a guess: it has at least two values, and it is no ID, link, date or place.
struct Learnability {
    private let columns: CSVColumns

    /// Names of columns that say where or which, and not what is to be predicted.
    private static let places: Set<String> = [
        "longitude", "latitude", "lon", "lng", "long", "lat", "zip", "zipcode", "postcode", "url", "link",
        "href", "website",
        "email", "phone", "geometry", "uri",
    ]

    init(_ columns: CSVColumns) { self.columns = columns }

    /// Whether the column at `column` can be a target; `labels` are the distinct texts of a text column.
    func canLearn(_ column: Int, _ labels: ColumnLabels?) -> Bool {
        let name = columns.layout.names[column]
        guard !columns.layout.unnamed.contains(column), !Self.isPlace(name) else { return false }
        let present = columns.rows - columns.missing(column) - columns.oddCells(column)
        guard present > 1 else { return false }
        switch columns.plan(column).kind {
        case .ignored, .date: return false
        case .number: return canLearnNumbers(column, name)
        case .text: return labels.map(canLearn) ?? false
        }
    }

    private static func isPlace(_ name: String) -> Bool {
        let words = NameWords(name).words
        return words.last.map { places.contains($0) } ?? false
    }

    private func canLearnNumbers(_ column: Int, _ name: String) -> Bool {
        let plan = columns.plan(column)
        let values = plan.isTarget ? columns.doubles(column) : columns.floats(column).map { Double($0) }
        let present = values.filter { !$0.isNaN }
        guard let first = present.first, present.contains(where: { $0 != first }) else { return false }
        if RowNumbers.hasIndexName(name) {
            // A column called "No" or "id" that repeats its values may still be a class.
            return Set(present).count * 2 <= present.count
        }
        return !RowNumbers.countsByOne(values)
    }

    /// Whether texts are classes: at least two, at most the limit, and not another one in nearly every row.
    private func canLearn(_ labels: ColumnLabels) -> Bool {
        let present = labels.counts.reduce(0, +)
        return !labels.isIncomplete && labels.texts.count > 1 && labels.texts.count <= Target.maxClasses
            && 2 * labels.texts.count <= present
    }
}
