/// Real targets as whole numbers of 30 bits: exact to add, in any order.
struct FixedPoint {
    private let centre: Double
    /// Whole numbers per unit of the target, a power of two.
    private let unitsPerOne: Double
    /// Multiples of this are what leaves hold: so coarse that sums over all trees are exact in 53 bits, and finer than a
    /// 32-bit float shows.
    private let grain: Double

    private static let bits = 30

    /// Fits the range of `values`; `trees` leaves will be added up.
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

    func whole(_ value: Double) -> Int32 { Int32(((value - centre) * unitsPerOne).rounded()) }

    /// The mean of whole numbers that add up to `sum`, as a value.
    func mean(sum: Int64, count: Int64) -> Double {
        let mean = centre + Double(sum) / Double(count) / unitsPerOne
        return (mean / grain).rounded() * grain
    }
}
