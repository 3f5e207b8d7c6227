/// The threshold of a split: rows with `value <= threshold` go left.
enum Threshold {
    /// The middle between `low` and `high` as a 32-bit float; `low` if there is no float between them.
    static func between(_ low: Float, _ high: Float) -> Float {
        let middle = low / 2 + high / 2
        return middle >= low && middle < high ? middle : low
    }
}
