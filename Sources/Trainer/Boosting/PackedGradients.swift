/// Slope and curvature of the loss in one 64-bit number, so that both add up in one addition, exactly and in any order:
/// the slope above 28 bits of curvature.
///
/// Sums of curvatures never reach 2^28 and so never touch the slopes, and subtraction undoes addition to the bit.
struct PackedGradients {
    /// Of a slope, which is between -2 and 2.
    private let slopeUnit: Double
    private let curvatureUnit: Double

    private static let curvatureBits = 28
    private static let curvatureMask: Int64 = 1 << 28 - 1

    /// Units as fine as the sum over `rows` allows: 35 bits and a sign for slopes, 28 for curvatures of at most
    /// `greatestCurvature`.
    init(rows: Int, greatestCurvature: Double) {
        let rowBits = Int.bitWidth - rows.leadingZeroBitCount
        slopeUnit = Double(1 << max(0, min(24, 34 - rowBits)))
        curvatureUnit = Double(1 << max(0, min(24, Self.curvatureBits - rowBits))) / greatestCurvature
    }

    /// Packs a row's numbers, rounded up or down by `chance` from 0 to below 1: wherever many rows meet, what rounding
    /// takes here it gives there.
    @inline(__always)
    func pack(slope: Float, curvature: Float, chance: Double) -> Int64 {
        // Truncation rounds down where nothing is negative.
        let slope = Int64((Double(slope) + 2) * slopeUnit + chance) &- Int64(2 * slopeUnit)
        let curvature = Int64(Double(curvature) * curvatureUnit + chance)
        return slope &<< Self.curvatureBits &+ curvature
    }

    @inline(__always)
    func slope(_ sum: Int64) -> Double {
        Double((sum &- sum & Self.curvatureMask) &>> Self.curvatureBits) / slopeUnit
    }

    @inline(__always)
    func curvature(_ sum: Int64) -> Double { Double(sum & Self.curvatureMask) / curvatureUnit }
}
