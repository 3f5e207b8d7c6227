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

    /// Packs a row's numbers, rounded up or down by `chance` from -1/2 to below 1/2: wherever many rows meet, what rounding
    /// takes here it gives there.
    @inline(__always)
    func pack(slope: Float, curvature: Float, chance: Double) -> Int64 {
        let slope = Self.nearest(Double(slope) * slopeUnit + chance)
        let curvature = Self.nearest(Double(curvature) * curvatureUnit + chance)
        return slope &<< Self.curvatureBits &+ max(curvature, 0)
    }

    /// The whole number next to one of less than 2^50: adding 1.5 × 2^52 leaves it in the lowest bits.
    @inline(__always)
    static func nearest(_ value: Double) -> Int64 {
        let shift = 0x1.8p52
        return Int64(bitPattern: (value + shift).bitPattern &- shift.bitPattern)
    }

    /// Whether so many units of curvature add up that what rounding did to them is below a hundredth.
    func isPrecise(_ sum: Int64) -> Bool { sum & Self.curvatureMask >= 1 << 16 }

    @inline(__always)
    func slope(_ sum: Int64) -> Double {
        Double((sum &- sum & Self.curvatureMask) &>> Self.curvatureBits) / slopeUnit
    }

    @inline(__always)
    func curvature(_ sum: Int64) -> Double { Double(sum & Self.curvatureMask) / curvatureUnit }
}
