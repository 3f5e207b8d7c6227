/// A sample of rows that is spread evenly over the table, for work that would take too long on all rows.
///
/// The table is cut into as many stretches as the sample has rows, and one row is drawn at random from each stretch.
/// Because of the random draw, a periodic order of rows, such as rows from two sources in turns, does not bias the
/// sample.
enum RowSample {
    /// The indices of `size` out of `count` rows, ascending, the same in every call; all indices if `count` is at most
    /// `size`.
    static func rows(_ size: Int, of count: Int) -> [Int] {
        guard count > size else { return Array(0..<count) }
        var generator = SplitMix64(0x5A3B1E, UInt64(count))
        return (0..<size).map { stretch in
            let (start, end) = (stretch * count / size, (stretch + 1) * count / size)
            return start + generator.below(end - start)
        }
    }
}
