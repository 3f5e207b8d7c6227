/// exp and log from sums, products and quotients alone, so that a model has the same bytes on every machine.
///
/// The functions of a C library may differ in their last bits between processors.
enum Elementary {
    private static let log2e = 1.442_695_040_888_963_4
    /// ln 2 as a sum of two parts; the first has so few bits that its product with an exponent is exact.
    private static let ln2High = 0.693_147_180_369_123_8
    private static let ln2Low = 1.908_214_929_270_587_7e-10

    /// e^x, to about 2 units in the last place.
    ///
    /// If x is at most -708, the result is 0. If x is at least 709, the result is the greatest finite number.
    ///
    /// With x = n ln 2 + r and |r| ≤ ln 2 / 2, e^x is 2^n e^r, and e^r is computed by its Taylor series.
    static func exp(_ x: Double) -> Double {
        guard x < 709 else { return x.isNaN ? x : .greatestFiniteMagnitude }
        guard x > -708 else { return 0 }
        let n = (x * log2e).rounded()
        let r = (x - n * ln2High) - n * ln2Low
        var sum = 1.0
        for k in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * r / k }
        return Double(sign: .plus, exponent: Int(n), significand: sum)
    }

    /// The natural logarithm.
    ///
    /// With x = 2^n m and m near 1, ln x is n ln 2 + ln m, and ln m = 2 artanh((m - 1) / (m + 1)) is computed by a
    /// series.
    static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x < .infinity else { return x }
        var (n, m) = (Double(x.exponent), x.significand)
        if m > 1.414_213_562_373_095 { (n, m) = (n + 1, m / 2) }
        let s = (m - 1) / (m + 1)
        let square = s * s
        var sum = 0.0
        for k in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / k }
        return n * ln2High + (n * ln2Low + 2 * s * sum)
    }

    /// e^x for four floats, to about one unit in the last place; x is limited to -87 to 88.
    @inline(__always)
    static func exp(_ x: SIMD4<Float>) -> SIMD4<Float> {
        let x = x.replacing(with: -87, where: x .< -87).replacing(with: 88, where: x .> 88)
        // After the addition of 1.5 × 2^23, the lowest bits of the float are the nearest integer.
        let shifted = x * Float(log2e) + 12_582_912
        let n = shifted - 12_582_912
        let r = (x - n * 0.693_145_75) - n * 1.428_606_8e-6
        var sum = r * (1 / 5_040) + 1 / 720
        sum = sum * r + 1 / 120
        sum = sum * r + 1 / 24
        sum = sum * r + 1 / 6
        sum = sum * r + 1 / 2
        sum = sum * r + 1
        sum = sum * r + 1
        let bits = unsafe unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23
        return unsafe unsafeBitCast(unsafeBitCast(sum, to: SIMD4<UInt32>.self) &+ bits, to: SIMD4<Float>.self)
    }
}
