/// The rows that a tree learns from, in an order in which each node owns a range.
///
/// A row that was drawn several times is there once, with its count: about 63 % of the rows, each 6 bytes, and as much
/// again to sort with. Rows stay in ascending order within a node, so that kernels read columns nearly in order.
struct Bag {
    /// What a row carries besides its number: its class in the low 10 bits, above it how often it was drawn.
    typealias Code = UInt16

    static let labelBits: Code = 10
    static let labelMask: Code = 1 << labelBits - 1
    /// A count that would not fit is a draw that is lost: at 64 draws of one row nobody will see it.
    private static let mostDraws: UInt8 = 63

    let rows: Slab<UInt32>
    let codes: Slab<Code>
    private(set) var count = 0
    private let spareRows: Slab<UInt32>
    private let spareCodes: Slab<Code>
    private let draws: Slab<UInt8>

    init(rows count: Int) {
        rows = Slab(repeating: 0, count: count)
        codes = Slab(repeating: 0, count: count)
        spareRows = Slab(repeating: 0, count: count)
        spareCodes = Slab(repeating: 0, count: count)
        draws = Slab(repeating: 0, count: count)
    }

    /// Draws as many rows as there are, with replacement; `labels` are their classes, if they have any.
    mutating func draw(_ generator: inout SplitMix64, labels: Slab<UInt16>?) {
        let draws = unsafe draws.base
        for row in 0..<self.draws.count { unsafe draws[row] = 0 }
        for _ in 0..<self.draws.count {
            let row = generator.below(self.draws.count)
            unsafe draws[row] &+= unsafe draws[row] < Self.mostDraws ? 1 : 0
        }
        collect(labels)
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

    /// Brings the rows that go left to the front of the range, order kept, and returns where the others begin.
    ///
    /// Every row is written to both sides, and the side that it belongs to moves on: no branch to predict wrongly.
    /// Adding one to bins turns that of missing values, 255, into 0: it goes left then.
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
