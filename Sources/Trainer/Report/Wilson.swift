/// Where a share lies of which a sample was seen.
enum Wilson {
    /// The 97.5 % quantile of the normal distribution: 95 % lie within it on both sides.
    private static let z = 1.959963984540054

    /// The 95 % score interval (Wilson 1927) of a share that was `right` times in `count`.
    static func interval(right: Int, of count: Int) -> [Double] {
        guard count > 0 else { return [0, 1] }
        let (n, share) = (Double(count), Double(right) / Double(count))
        let middle = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return [max(0, (middle - spread) / scale), min(1, (middle + spread) / scale)]
    }
}
