/// Converts the target values of a regression to integers of 30 bits and a sign.
///
/// Their sums are exact in any order.
struct FixedPoint {
    private let centre: Double
    /// The difference of two integers whose targets differ by 1; a power of two.
    private let unitsPerOne: Double
    /// The value of each leaf is a multiple of this number.
    ///
    /// The number is so large that a sum over all trees is exact in 53 bits. It is so small that the greatest leaf is
    /// rounded less than by a conversion to a 32-bit float.
    private let grain: Double

    private static let bits = 30

    /// Chooses the scale for the range of `values`, and for predictions that add the leaves of `trees` trees.
    init(fitting values: [Double], trees: Int) {
        let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
        centre = least / 2 + greatest / 2
        let reach = max(greatest - centre, centre - least, .leastNormalMagnitude)
        unitsPerOne = Self.powerOfTwo(Self.bits - 1 - Int(reach.exponent))
        let largest = max(abs(least), abs(greatest), .leastNormalMagnitude)
        let sumBits = max(8, Int.bitWidth - trees.leadingZeroBitCount)
        grain = Self.powerOfTwo(Int(largest.exponent) + 1 + sumBits - 53)
    }

    private static func powerOfTwo(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: max(-1_000, min(exponent, 1_000)), significand: 1)
    }

    /// The integer that represents a value of the target.
    func integer(_ value: Double) -> Int32 { Int32(((value - centre) * unitsPerOne).rounded()) }

    /// The mean of `count` integers with the sum `sum`, as a value of the target.
    func mean(sum: Int64, count: Int64) -> Double {
        let mean = centre + Double(sum) / Double(count) / unitsPerOne
        return (mean / grain).rounded() * grain
    }
}
