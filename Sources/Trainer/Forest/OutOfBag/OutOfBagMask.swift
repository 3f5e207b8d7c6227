/// The rows that are not in a tree's bootstrap sample.
///
/// With these rows the tree is tested without a separate test set.
///
/// The mask has a bit per row for at most 32,768 rows. With so many rows, the standard error of an accuracy is at most
/// 0.3 %.
struct OutOfBagMask: Equatable, Sendable {
    private var words: [UInt64]

    private static let sampleSize = 1 << 15

    /// The indices of the training rows for which masks have a bit; `count` is the number of all training rows.
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
