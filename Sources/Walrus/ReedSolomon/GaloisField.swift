/// GF(2^16) in the Cantor basis, as in reed-solomon-simd and therefore in Walrus.
///
/// The bits of an element j are its coordinates in the basis: as a polynomial over GF(2) modulo x^16 + x^5 + x^3 +
/// x^2 + 1, j stands for `phi(j)`, the XOR of `basis[b]` over the set bits b of j. Addition is XOR in both
/// representations. Multiplication uses logarithms of the polynomials, in tables of 128 KiB and 256 KiB.
struct GaloisField: Sendable {
    /// The logarithm of each element except 0.
    ///
    /// `log[0]` is 65,535, which is not the logarithm of any element.
    let log: [UInt16]
    /// The inverse of `log`, repeated once so that the sum of two logarithms needs no reduction.
    let exp: [UInt16]

    static let shared = GaloisField()

    private static let polynomial = 0x1002D
    private static let basis: [UInt16] = [
        0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
        0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E,
    ]

    private init() {
        var logOfPolynomial = [UInt16](repeating: 65_535, count: 65_536)
        var power = 1
        for exponent in 0..<65_535 {
            logOfPolynomial[power] = UInt16(exponent)
            power <<= 1
            if power > 65_535 { power ^= Self.polynomial }
        }
        var phi = [UInt16](repeating: 0, count: 65_536)
        for element in 1..<65_536 {
            let lowest = element.trailingZeroBitCount
            phi[element] = phi[element & (element - 1)] ^ Self.basis[lowest]
        }
        log = phi.map { logOfPolynomial[Int($0)] }
        var exp = [UInt16](repeating: 0, count: 2 * 65_535 + 1)
        for element in 1..<65_536 {
            exp[Int(log[element])] = UInt16(element)
            exp[Int(log[element]) + 65_535] = UInt16(element)
        }
        exp[2 * 65_535] = 1
        self.exp = exp
    }

    func multiply(_ a: UInt16, _ b: UInt16) -> UInt16 {
        guard a != 0, b != 0 else { return 0 }
        return exp[Int(log[Int(a)]) + Int(log[Int(b)])]
    }
}
