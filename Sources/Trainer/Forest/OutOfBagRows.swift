import Tables

/// Rows that a forest is judged on, each only by the trees that never saw it.
struct OutOfBagRows: Sendable {
    /// In the dataset.
    let rows: [Int]
    /// Feature after feature, of these rows.
    let columns: [[Float]]
    let threads: Int
    /// Of each row, its place in the sample that trees know about.
    private let places: [Int]

    /// At most `most` of the sample of `rows`, which the forest learns from.
    init(_ data: Dataset, rows: [Int], threads: Int, most: Int = .max) {
        let sample = OutOfBag.sample(of: rows.count)
        let places = RowSample.rows(min(most, sample.count), of: sample.count)
        let chosen = places.map { rows[sample[$0]] }
        (self.places, self.rows, self.threads) = (places, chosen, threads)
        columns = data.features.map { feature in chosen.map { feature.values[$0] } }
    }

    /// Whether the tree never saw row number `index` of these.
    func isNew<Leaf>(_ index: Int, to tree: GrownTree<Leaf>) -> Bool {
        tree.outOfBag.contains(places[index])
    }
}
