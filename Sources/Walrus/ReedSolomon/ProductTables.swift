/// The products of every factor of a transform with every nibble of an element: 128 bytes per factor.
///
/// Factors q are even (see ``AdditiveFFT``). In the table of q, `16 * j + v` is the position of the low byte of
/// `q (x) (v << 4j)`, where v is the value of nibble j; the high byte is 64 bytes behind it. Tables of factors with
/// one set bit are computed from 64 products each. Every other table is the XOR of two earlier ones, because products
/// are linear in the factor.
struct ProductTables {
    private static let tableSize = 128
    private let bytes: ZeroedBuffer<UInt8>

    /// Computes the tables of all even factors below `limit`.
    init(below limit: Int) {
        bytes = ZeroedBuffer((limit + 1) / 2 * Self.tableSize)
        for factor in stride(from: 2, to: limit, by: 2) {
            let rest = factor & (factor - 1)
            let table = unsafe self[factor]
            if rest == 0 {
                unsafe Self.fill(table, for: UInt16(factor))
            } else {
                let (a, b) = unsafe (self[rest], self[factor ^ rest])
                for index in 0..<Self.tableSize { unsafe table[index] = a[index] ^ b[index] }
            }
        }
    }

    /// The table of `factor`.
    subscript(_ factor: Int) -> UnsafeMutablePointer<UInt8> {
        unsafe bytes.start + factor / 2 * Self.tableSize
    }

    private static func fill(_ table: UnsafeMutablePointer<UInt8>, for factor: UInt16) {
        for nibble in 0..<4 {
            for value in 0..<16 {
                let product = GaloisField.shared.multiply(factor, UInt16(value << (4 * nibble)))
                unsafe table[16 * nibble + value] = UInt8(truncatingIfNeeded: product)
                unsafe table[64 + 16 * nibble + value] = UInt8(truncatingIfNeeded: product >> 8)
            }
        }
    }
}
