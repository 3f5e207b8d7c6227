/// Where a split cuts: rows with `value <= threshold` go left.
enum Threshold {
    /// The middle of the gap above `low`, in 32 bits; `low` itself where there is nothing between.
    static func between(_ low: Float, _ high: Float) -> Float {
        let middle = low / 2 + high / 2
        return middle >= low && middle < high ? middle : low
    }
}
