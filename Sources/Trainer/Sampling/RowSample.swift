/// A stratified sample of rows, for work that would take too long on all rows.
///
/// The table is cut into as many stretches as the sample has rows, and one row is drawn at random from each. The sample is
/// spread evenly, and a periodic order of rows, such as two sources in turns, does not bias it.
enum RowSample {
    /// `size` of `count` rows, ascending, the same in every call; all rows if `count` is not greater than `size`.
    static func rows(_ size: Int, of count: Int) -> [Int] {
        guard count > size else { return Array(0..<count) }
        var generator = SplitMix64(0x5A3B1E, UInt64(count))
        return (0..<size).map { stretch in
            let (start, end) = (stretch * count / size, (stretch + 1) * count / size)
            return start + generator.below(end - start)
        }
    }
}
