/// The confidence interval of a proportion (Wilson 1927).
enum WilsonInterval {
    /// The 97.5 % quantile of the normal distribution, for a two-sided interval of 95 %.
    private static let z = 1.959963984540054

    /// The lower and upper bound of the 95 % interval after `successes` in `count` trials; 0 and 1 if `count` is 0.
    static func bounds(successes: Int, of count: Int) -> [Double] {
        guard count > 0 else { return [0, 1] }
        let (n, share) = (Double(count), Double(successes) / Double(count))
        let middle = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return [max(0, (middle - spread) / scale), min(1, (middle + spread) / scale)]
    }
}
