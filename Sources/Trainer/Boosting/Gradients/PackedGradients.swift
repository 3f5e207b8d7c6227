/// Packs the first and second derivative of a row's loss (slope and curvature) into one 64-bit integer.
///
/// Adding two packed integers adds both their slopes and their curvatures. The sums are exact in any order. The low 28
/// bits are the curvature, the bits above are the slope. Sums of curvatures stay below 2^28, so they never carry into
/// the slopes.
struct PackedGradients {
    /// The number of units in a slope of 1; slopes are between -2 and 2.
    private let slopeUnit: Double
    /// The number of units in a curvature of 1.
    private let curvatureUnit: Double

    private static let curvatureBits = 28
    private static let curvatureMask: Int64 = 1 << 28 - 1

    /// Chooses the finest units for which sums over `rows` rows fit, but at most 2^24 units per slope of 1.
    ///
    /// A sum of slopes has 35 bits and a sign. A sum of curvatures has 28 bits; no curvature is above
    /// `greatestCurvature`. Rows may have weights that are at most 1 on average. Their products are no whole units, and may
    /// all be rounded up, for which half of the range is kept free.
    init(rows: Int, greatestCurvature: Double, isWeighted: Bool = false) {
        let rowBits = Int.bitWidth - rows.leadingZeroBitCount + (isWeighted ? 1 : 0)
        slopeUnit = Double(1 << max(0, min(24, 34 - rowBits)))
        curvatureUnit = Double(1 << max(0, min(24, Self.curvatureBits - rowBits))) / greatestCurvature
    }

    /// Packs a row's slope and curvature with stochastic rounding, so that rounding errors cancel out over many rows.
    ///
    /// `chance` is a random number from -1/2 to below 1/2 that is added before rounding.
    @inline(__always)
    func pack(slope: Double, curvature: Double, chance: Double) -> Int64 {
        let slope = Self.nearest(slope * slopeUnit + chance)
        let curvature = Self.nearest(curvature * curvatureUnit + chance)
        return slope &<< Self.curvatureBits &+ max(curvature, 0)
    }

    /// Rounds a number of magnitude below 2^50 to the nearest integer.
    ///
    /// After 1.5 × 2^52 is added, the lowest bits of the float are the integer.
    @inline(__always)
    static func nearest(_ value: Double) -> Int64 {
        let shift = 0x1.8p52
        return Int64(bitPattern: (value + shift).bitPattern &- shift.bitPattern)
    }

    /// Whether a sum has at least 2^16 units of curvature.
    ///
    /// The rounding error of the curvature is then usually below 1 %.
    func isPrecise(_ sum: Int64) -> Bool { sum & Self.curvatureMask >= 1 << 16 }

    @inline(__always)
    func slope(_ sum: Int64) -> Double {
        Double((sum &- sum & Self.curvatureMask) &>> Self.curvatureBits) / slopeUnit
    }

    @inline(__always)
    func curvature(_ sum: Int64) -> Double { Double(sum & Self.curvatureMask) / curvatureUnit }
}
