/// Sorts 32-bit floats by their bits, 11 bits per pass, in three passes.
enum RadixSort {
    private static let digitBits: UInt32 = 11
    private static let digits = 1 << 11

    /// `values` in ascending order; none may be NaN.
    static func sorted(_ values: [Float]) -> [Float] {
        var keys = values.map { key($0) }
        var spare = [UInt32](repeating: 0, count: keys.count)
        for pass in 0..<UInt32(3) {
            scatter(keys, to: &spare, shift: pass * digitBits)
            swap(&keys, &spare)
        }
        return keys.map(value)
    }

    /// Sorts the keys by one digit; keys with equal digits keep their order.
    private static func scatter(_ keys: [UInt32], to sorted: inout [UInt32], shift: UInt32) {
        var starts = [Int](repeating: 0, count: digits + 1)
        for key in keys { starts[digit(key, shift) + 1] += 1 }
        for digit in 1..<digits { starts[digit] += starts[digit - 1] }
        for key in keys {
            let digit = digit(key, shift)
            sorted[starts[digit]] = key
            starts[digit] += 1
        }
    }

    private static func digit(_ key: UInt32, _ shift: UInt32) -> Int {
        Int((key >> shift) & UInt32(digits - 1))
    }

    /// Maps a float to an integer so that integers have the same order as the floats.
    ///
    /// All bits of a negative number are inverted; in other numbers only the sign bit is set.
    private static func key(_ value: Float) -> UInt32 {
        let bits = value.bitPattern
        return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    }

    private static func value(_ key: UInt32) -> Float {
        Float(bitPattern: key & 0x8000_0000 == 0 ? ~key : key & 0x7FFF_FFFF)
    }
}
