/// The products of every factor of a transform with every nibble of an element: 128 bytes a factor.
///
/// With `q` even (see ``AdditiveFFT``), the table of q holds the low bytes of `q (x) (x << 4j)` at `16 * j + x`, for
/// nibble j of value x, and the high bytes 64 further on. The 16 tables of one bit take 64 products each; all others are
/// the XOR of two of them, because products are linear in the factor too.
struct ProductTables {
    private static let tableSize = 128
    private let bytes: Memory<UInt8>

    /// The tables of all even factors below `limit`.
    init(below limit: Int) {
        bytes = Memory((limit + 1) / 2 * Self.tableSize)
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

    /// Where the table of `factor` begins.
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
