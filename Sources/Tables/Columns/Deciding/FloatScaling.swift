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
        let present = columns.floats(column).lazy.filter { !$0.isNaN }
        guard let least = present.min(), let most = present.max() else { return nil }
        let size = max(least.magnitude, most.magnitude)
        guard most - least < size * Self.leastRange else { return nil }
        // Floats hold whole numbers below 2^24 exactly.
        if least == most {
            self.init(shift: Double(least), scale: 1)
            return
        }
        guard size >= 0x1p24 || present.contains(where: { $0 != $0.rounded() }) else { return nil }
        self.init(shift: Double(least), scale: 1)
    }
}
