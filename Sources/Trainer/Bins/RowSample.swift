/// Rows that stand for all of a table, where looking at each would take too long.
///
/// Each is drawn from a stretch of its own, so that they lie evenly over the table, and none of them at a distance that
/// the table may have a pattern of, such as rows of two sources by turns.
enum RowSample {
    /// `size` of `count` rows, ascending, the same at every call; all where there are no more.
    static func rows(_ size: Int, of count: Int) -> [Int] {
        guard count > size else { return Array(0..<count) }
        var generator = SplitMix64(0x5A3B1E, UInt64(count))
        return (0..<size).map { stretch in
            let (start, end) = (stretch * count / size, (stretch + 1) * count / size)
            return start + generator.below(end - start)
        }
    }
}
