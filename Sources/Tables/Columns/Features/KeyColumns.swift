/// The columns of groups and weights, which are no features.
struct KeyColumns {
    let group: Int?
    let weight: Int?

    init(_ options: TableOptions, _ layout: CSVLayout) throws(CSVError) {
        group = try options.group.map { name throws(CSVError) in try layout.index(of: name) }
        weight = try options.weight.map { name throws(CSVError) in try layout.index(of: name) }
    }

    func contains(_ column: Int) -> Bool { column == group || column == weight }

    /// Why these columns are left out of the features.
    var reasons: [Int: String] {
        var reasons: [Int: String] = [:]
        if let group { reasons[group] = "it names the groups of rows" }
        if let weight { reasons[weight] = "it has the weights of the rows" }
        return reasons
    }
}
