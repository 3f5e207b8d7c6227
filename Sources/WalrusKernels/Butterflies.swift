internal import CIntrinsics

// The butterflies of the additive FFT over GF(2^16), for all vectors that share one factor.
//
// A vector of `width` elements has `2 * width` bytes: first the low byte of each element, then the high byte of each
// element. Vectors are contiguous, and `width` is a multiple of 64. Products are looked up by nibble. An element has
// four nibbles. For each nibble, `table` holds the products of the factor with the 16 values of the nibble: first the
// low bytes of all 4 * 16 products, then the high bytes. One instruction looks up 32 or 64 nibbles, and eight such
// instructions multiply 32 or 64 elements (Plank, Greenan and Miller, "Screaming Fast Galois Field Arithmetic", FAST
// 2013).

/// `lower ^= q (x) upper`, then `upper ^= lower`, for `distance` pairs of vectors.
///
/// `(x)` multiplies field elements, and q is the factor of `table`. Vector i and vector i + `distance` form a pair.
package func butterflyForward(
    _ vectors: UnsafeMutablePointer<UInt8>,
    distance: Int,
    width: Int,
    table: UnsafePointer<UInt8>
) {
    let factor = unsafe Factor(table)
    unsafe forEachPair(vectors, distance: distance, width: width) { lower, upper in
        lower ^= factor * upper
        upper ^= lower
    }
}

/// `upper ^= lower`, then `lower ^= q (x) upper`: the inverse of ``butterflyForward(_:distance:width:table:)``.
package func butterflyInverse(
    _ vectors: UnsafeMutablePointer<UInt8>,
    distance: Int,
    width: Int,
    table: UnsafePointer<UInt8>
) {
    let factor = unsafe Factor(table)
    unsafe forEachPair(vectors, distance: distance, width: width) { lower, upper in
        upper ^= lower
        lower ^= factor * upper
    }
}

@inline(__always)
private func forEachPair(
    _ vectors: UnsafeMutablePointer<UInt8>,
    distance: Int,
    width: Int,
    _ body: (inout Elements, inout Elements) -> Void
) {
    for vector in 0..<distance {
        let first = unsafe vectors + 2 * width * vector
        let second = unsafe first + 2 * width * distance
        for offset in stride(from: 0, to: width, by: Elements.count) {
            var lower = unsafe Elements(at: first + offset, width: width)
            var upper = unsafe Elements(at: second + offset, width: width)
            body(&lower, &upper)
            unsafe lower.store(at: first + offset, width: width)
            unsafe upper.store(at: second + offset, width: width)
        }
    }
}

/// Field elements.
///
/// Their number is the number of bytes in a vector register.
private struct Elements {
    var low: Lanes
    var high: Lanes

    @inline(__always)
    static var count: Int { 8 * Lanes.scalarCount }

    @inline(__always)
    init(low: Lanes, high: Lanes) { (self.low, self.high) = (low, high) }

    @inline(__always)
    init(at plane: UnsafePointer<UInt8>, width: Int) {
        low = unsafe Lanes(at: plane)
        high = unsafe Lanes(at: plane + width)
    }

    @inline(__always)
    func store(at plane: UnsafeMutablePointer<UInt8>, width: Int) {
        unsafe low.store(at: plane)
        unsafe high.store(at: plane + width)
    }

    @inline(__always)
    static func ^= (a: inout Elements, b: Elements) {
        a.low ^= b.low
        a.high ^= b.high
    }
}

/// A factor, as the table of its products with nibbles.
private struct Factor {
    private var tables = InlineArray<8, Lanes>(repeating: Lanes())

    @inline(__always)
    init(_ table: UnsafePointer<UInt8>) {
        for index in 0..<8 { unsafe tables[index] = lanes_repeating(table + 16 * index) }
    }

    @inline(__always)
    static func * (factor: Factor, elements: Elements) -> Elements {
        let tables = factor.tables
        let nibble0 = lanes_low_nibbles(elements.low)
        let nibble1 = lanes_high_nibbles(elements.low)
        let nibble2 = lanes_low_nibbles(elements.high)
        let nibble3 = lanes_high_nibbles(elements.high)
        return Elements(
            low: lanes_looked_up(tables[0], nibble0) ^ lanes_looked_up(tables[1], nibble1)
                ^ lanes_looked_up(tables[2], nibble2) ^ lanes_looked_up(tables[3], nibble3),
            high: lanes_looked_up(tables[4], nibble0) ^ lanes_looked_up(tables[5], nibble1)
                ^ lanes_looked_up(tables[6], nibble2) ^ lanes_looked_up(tables[7], nibble3)
        )
    }
}
