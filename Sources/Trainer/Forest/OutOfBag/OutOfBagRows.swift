import Tables

/// The rows that a forest is tested on while it is trained; a tree tests only its out-of-bag rows.
struct OutOfBagRows: Sendable {
    /// Indices in the dataset.
    let rows: [Int]
    /// `columns[feature][index]` for the index of a row in ``rows``.
    let columns: [[Float]]
    let threads: Int
    /// The bit of each row in an ``OutOfBagMask``.
    private let places: [Int]

    /// At most `most` of the training rows `rows` that masks have a bit for.
    init(_ data: Dataset, rows: [Int], threads: Int, most: Int = .max) {
        let sample = OutOfBagMask.sample(of: rows.count)
        let places = RowSample.rows(min(most, sample.count), of: sample.count)
        let chosen = places.map { rows[sample[$0]] }
        (self.places, self.rows, self.threads) = (places, chosen, threads)
        columns = data.features.map { feature in chosen.map { feature.values[$0] } }
    }

    /// Whether the row `rows[index]` is out of bag for the tree.
    func isOutOfBag<Leaf>(_ index: Int, of tree: GrownTree<Leaf>) -> Bool {
        tree.outOfBag.contains(places[index])
    }
}
