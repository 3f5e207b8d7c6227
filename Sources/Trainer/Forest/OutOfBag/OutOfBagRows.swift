import Tables

/// The training rows on which a forest is tested.
///
/// A tree is tested only on rows that are out of bag for the tree.
struct OutOfBagRows: Sendable {
    /// Indices of rows in the dataset.
    let rows: [Int]
    /// `columns[feature][index]` is the value of a feature in the row `rows[index]`.
    let columns: [[Float]]
    let threads: Int
    /// The bit of each row in an ``OutOfBagMask``.
    private let places: [Int]

    /// Chooses at most `most` of the training rows `rows`; only rows that have a bit in ``OutOfBagMask`` can be chosen.
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
