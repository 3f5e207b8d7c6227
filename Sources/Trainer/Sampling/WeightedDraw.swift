/// Draws rows with probabilities in proportion to their weights, in constant time.
///
/// The weights are rounded to integers, and a random integer below their sum is looked up in their running sums. A guide
/// tells where to begin (Chen and Asau 1974): the range of random numbers is cut into stretches of equal length, and the
/// guide has the first row of each stretch. As each stretch is as likely as any other, and there are at least as many of
/// them as rows, a search passes half a row on average, however unequal the weights are.
///
/// All numbers are integers, so that the draws are the same on every machine. The memory is 12 to 16 bytes per row, which
/// all threads share.
struct WeightedDraw: Sendable {
    /// `ends[row]` is the sum of the integer weights up to this row.
    private let ends: Slab<UInt64>
    /// The first row that a random number of each stretch can draw.
    private let guide: Slab<UInt32>
    private let total: UInt64
    /// The number of bits of a random number below those that number its stretch.
    private let shift: UInt64

    /// Prepares to draw; each weight is above 0, and there is at least one.
    ///
    /// The greatest weight gets 62 bits less those of the number of rows, and each weight at least 1, so that weights are
    /// exact to the last bit where they are not smaller than the greatest by a factor of some 100,000 (for a million
    /// rows).
    init(_ weights: [Float]) {
        let rowBits = Int.bitWidth - weights.count.leadingZeroBitCount
        let exponent = 61 - rowBits - Int((weights.max() ?? 1).exponent)
        let scale = Double(sign: .plus, exponent: exponent, significand: 1)
        let ends = Slab<UInt64>(repeating: 0, count: weights.count)
        var sum: UInt64 = 0
        for (row, weight) in weights.enumerated() {
            sum += UInt64(max(1, (Double(weight) * scale).rounded()))
            unsafe ends.base[row] = sum
        }
        (self.ends, total, shift) = (ends, sum, UInt64(64 - rowBits))
        guide = Slab(repeating: 0, count: 1 << rowBits)
        var row = 0
        for stretch in 0..<guide.count {
            let least = Self.place(UInt64(stretch) << shift, of: total)
            while unsafe ends.base[row] <= least { row += 1 }
            unsafe guide.base[stretch] = UInt32(row)
        }
    }

    /// Draws a row.
    @inline(__always)
    func row(_ generator: inout SplitMix64) -> Int {
        let random = generator.next()
        let place = Self.place(random, of: total)
        var row = unsafe Int(guide.base[Int(random &>> shift)])
        while unsafe ends.base[row] <= place { row &+= 1 }
        return row
    }

    /// Maps all random numbers evenly, and in their order, to the numbers below `total`.
    @inline(__always)
    private static func place(_ random: UInt64, of total: UInt64) -> UInt64 {
        random.multipliedFullWidth(by: total).high
    }
}
