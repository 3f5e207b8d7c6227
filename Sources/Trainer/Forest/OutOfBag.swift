/// Which rows a tree never saw: what tells how good a forest is without holding rows back.
///
/// Kept as a bit per row, of at most 32,768 rows: the standard error of an accuracy is 0.3 % then.
struct OutOfBag: Equatable, Sendable {
    private var words: [UInt64]

    private static let sampleSize = 1 << 15

    /// The rows that are looked at, of `count`.
    static func sample(of count: Int) -> [Int] { RowSample.rows(sampleSize, of: count) }

    /// Looks at the rows of `sample`.
    init(_ bag: Bag, _ sample: [Int]) {
        words = [UInt64](repeating: 0, count: (sample.count + 63) / 64)
        for (index, row) in sample.enumerated() where !bag.holds(row) {
            words[index >> 6] |= 1 << UInt64(index & 63)
        }
    }

    /// Whether the tree never saw the sample's row number `index`.
    func contains(_ index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
}
