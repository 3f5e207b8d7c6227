/// A shift and a scale by which numbers that are too close or too large for 32-bit floats are stored.
///
/// The stored number is `(number - shift) * scale`.
package struct FloatScaling: Codable, Equatable, Sendable {
    package var shift: Double
    package var scale: Double

    static let none = FloatScaling(shift: 0, scale: 1)

    /// Numbers whose range is a smaller part of their size lose more than half of a float's 24 bits.
    private static let leastRange = Float(1) / 4_096

    init(shift: Double, scale: Double) { (self.shift, self.scale) = (shift, scale) }

    @inline(__always)
    func float(_ number: Double) -> Float { Float((number - shift) * scale) }

    /// The scaling that a column of numbers needs; nil if it needs none.
    init?(_ columns: CSVColumns, _ column: Int, _ csv: Span<UInt8>) {
        let tooLarge = columns.tooLarge(column)
        if tooLarge > 0 {
            // A power of two changes no digit. The greatest number becomes about 2^100, far from a float's limit.
            self.init(
                shift: 0,
                scale: Double(sign: .plus, exponent: 100 - Int(tooLarge.exponent), significand: 1)
            )
            return
        }
        guard let narrow = columns.narrowRange(column, below: Self.leastRange) else { return nil }
        // Floats hold whole numbers below 2^24 exactly; equal floats may be different numbers.
        let size = max(narrow.least.magnitude, narrow.most.magnitude)
        guard narrow.least == narrow.most || narrow.hasFraction || size >= 0x1p24 else { return nil }
        self.init(shift: Double(narrow.least), scale: 1)
    }
}
