/// The bootstrap sample of a tree, ordered so that the rows of each node are one range.
///
/// A row that is drawn several times is stored once, with its number of draws, so about 63 % of the rows are stored.
/// The memory is 13 bytes per training row. Rows are ascending within a node, so that columns are read almost
/// sequentially.
struct Bag {
    /// A row's class in the low 10 bits, and its number of draws in the bits above.
    typealias Code = UInt16

    static let labelBits: Code = 10
    static let labelMask: Code = 1 << labelBits - 1
    /// The largest number of draws that a code can hold.
    ///
    /// Further draws of the row are dropped, which practically never happens if all rows have the same weight.
    private static let maxDraws: UInt8 = 63

    let rows: Slab<UInt32>
    let codes: Slab<Code>
    private(set) var count = 0
    private let spareRows: Slab<UInt32>
    private let spareCodes: Slab<Code>
    /// The number of draws of each row; if rows have weights, 1 for any number.
    private let draws: Slab<UInt8>

    init(rows count: Int) {
        rows = Slab(repeating: 0, count: count)
        codes = Slab(repeating: 0, count: count)
        spareRows = Slab(repeating: 0, count: count)
        spareCodes = Slab(repeating: 0, count: count)
        draws = Slab(repeating: 0, count: count)
    }

    /// Draws a new sample with replacement, with as many draws as rows.
    ///
    /// `labels` are the classes of all rows; nil in a regression.
    mutating func draw(_ generator: inout SplitMix64, labels: Slab<UInt16>?) {
        let draws = unsafe draws.base
        for row in 0..<self.draws.count { unsafe draws[row] = 0 }
        for _ in 0..<self.draws.count {
            let row = generator.below(self.draws.count)
            unsafe draws[row] &+= unsafe draws[row] < Self.maxDraws ? 1 : 0
        }
        collect(labels)
    }

    /// Draws a new sample with replacement, with as many draws as rows, each row in proportion to its weight.
    ///
    /// A row of great weight can be drawn more often than a code can hold. Then it is stored several times, with a part of
    /// its draws each; as each part has a draw, there are never more parts than draws, and so than rows.
    mutating func draw(_ generator: inout SplitMix64, weights: WeightedDraw, labels: Slab<UInt16>?) {
        // Free until the first partition.
        let counts = unsafe spareRows.base
        for row in 0..<draws.count { unsafe counts[row] = 0 }
        for _ in 0..<draws.count { unsafe counts[weights.row(&generator)] &+= 1 }
        var filled = 0
        for row in 0..<draws.count {
            let label = if let labels { unsafe labels.base[row] } else { UInt16(0) }
            var left = unsafe counts[row]
            unsafe draws.base[row] = left > 0 ? 1 : 0
            while left > 0 {
                let part = min(left, UInt32(Self.maxDraws))
                unsafe rows.base[filled] = UInt32(truncatingIfNeeded: row)
                unsafe codes.base[filled] = label | Code(part) &<< Self.labelBits
                filled &+= 1
                left &-= part
            }
        }
        count = filled
    }

    func holds(_ row: Int) -> Bool { unsafe draws.base[row] > 0 }

    private mutating func collect(_ labels: Slab<UInt16>?) {
        var filled = 0
        for row in 0..<draws.count {
            let draws = unsafe draws.base[row]
            let label = if let labels { unsafe labels.base[row] } else { UInt16(0) }
            unsafe rows.base[filled] = UInt32(truncatingIfNeeded: row)
            unsafe codes.base[filled] = label | Code(draws) &<< Self.labelBits
            filled &+= draws > 0 ? 1 : 0
        }
        count = filled
    }

    /// Moves the rows of the left side to the front of the range, in stable order, and returns the start of the right
    /// side.
    ///
    /// Each row is written to the end of both sides, but only the end of its own side advances. The loop has no
    /// branch that the processor could mispredict. If missing values go left, 1 is added to each bin, so that the bin
    /// of missing values, 255, becomes 0.
    func partition(_ range: Range<Int>, by cut: Cut, column: Slab<UInt8>) -> Int {
        let (rows, codes, bins) = unsafe (rows.base, codes.base, column.base)
        let (spareRows, spareCodes) = unsafe (spareRows.base, spareCodes.base)
        let shift: UInt8 = cut.missing == .left ? 1 : 0
        let limit = UInt8(cut.bin) &+ shift
        var (left, right) = (range.lowerBound, 0)
        for index in range {
            let (row, code) = unsafe (rows[index], codes[index])
            let goesLeft = unsafe bins[Int(row)] &+ shift <= limit ? 1 : 0
            unsafe rows[left] = row
            unsafe codes[left] = code
            unsafe spareRows[right] = row
            unsafe spareCodes[right] = code
            left &+= goesLeft
            right &+= 1 &- goesLeft
        }
        unsafe (rows + left).update(from: spareRows, count: right)
        unsafe (codes + left).update(from: spareCodes, count: right)
        return left
    }
}
