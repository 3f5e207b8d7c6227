/// The generator behind every draw (SplitMix64, Steele, Lea and Flood 2014), keyed by what the draw is for.
///
/// A stream depends on its key alone, never on what was drawn before elsewhere, so that threads change nothing.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// The stream of `keys`, such as seed, tree and node.
    init(_ keys: UInt64...) {
        state = keys.reduce(0) { Self.mix($0 &+ Self.step ^ $1) }
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mix(state)
    }

    /// A number from 0 to `bound - 1`, by multiply and shift; part of the model's format.
    mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// A number from 0 to below 1, of 53 bits.
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
