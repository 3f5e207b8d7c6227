/// The generator of all random numbers: SplitMix64 (Steele, Lea and Flood 2014).
///
/// Each purpose has its own stream of random numbers. The key of a stream is, for example, the seed, the tree and the
/// node. A stream depends only on the key, so the number of threads does not change any random number.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// The stream with the key `keys`.
    init(_ keys: UInt64...) {
        state = keys.reduce(0) { Self.mix($0 &+ Self.step ^ $1) }
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mix(state)
    }

    /// A number from 0 to `bound - 1`, by multiplication and shift.
    ///
    /// The method is part of the format, because another method would give other models.
    mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// A number in the range 0..<1, with 53 random bits.
    mutating func unit() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
