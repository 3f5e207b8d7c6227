/// The rows that are not in a tree's bootstrap sample; they test the tree without a separate test set.
///
/// The mask has a bit per row for at most 32,768 rows: with this many, the standard error of an accuracy is 0.3 %.
struct OutOfBagMask: Equatable, Sendable {
    private var words: [UInt64]

    private static let sampleSize = 1 << 15

    /// The training rows that masks have a bit for, out of `count`.
    static func sample(of count: Int) -> [Int] { RowSample.rows(sampleSize, of: count) }

    /// The rows of `sample` that are not in `bag`.
    init(_ bag: Bag, _ sample: [Int]) {
        words = [UInt64](repeating: 0, count: (sample.count + 63) / 64)
        for (index, row) in sample.enumerated() where !bag.holds(row) {
            words[index >> 6] |= 1 << UInt64(index & 63)
        }
    }

    /// Whether the row `sample[index]` is out of bag.
    func contains(_ index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
}
