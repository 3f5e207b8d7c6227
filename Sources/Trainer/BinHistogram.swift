/// Counts of a node's rows by bin and class, and the best cut through them.
///
/// Small nodes touch few bins: a bitmap of the occupied ones is kept, and bins are cleared as they are read, so that a
/// node costs as much as it has rows and occupied bins, not 255.
struct BinHistogram {
    /// The best place to cut one feature.
    struct Cut {
        /// The sum over both sides of (sum of squared class counts) / rows: greater is purer.
        var score: Double
        /// The last occupied bin that goes left.
        var bin: Int
        /// The first occupied bin that goes right.
        var next: Int
    }

    private let classes: Int
    private var counts: [UInt32]
    private var occupied: InlineArray<4, UInt64> = [0, 0, 0, 0]
    private var left: [Int]

    init(classes: Int) {
        self.classes = classes
        counts = [UInt32](repeating: 0, count: 256 * classes)
        left = [Int](repeating: 0, count: classes)
    }

    mutating func add(bin: UInt8, label: UInt16, weight: UInt16) {
        counts[Int(bin) * classes + Int(label)] &+= UInt32(weight)
        occupied[Int(bin >> 6)] |= 1 &<< UInt64(bin & 63)
    }

    /// Finds the purest cut of a node whose classes count `totals`, and empties the histogram; nil where all rows lie in
    /// one bin.
    ///
    /// With a row of class k moving left, the sums of squares change by 2l+1 and 2r-1: integers all the way, so that no
    /// order of rows or threads can change a bit. Among equal cuts the lowest wins.
    mutating func takeBestCut(totals: [Int], rows: Int) -> Cut? {
        for index in 0..<classes { left[index] = 0 }
        var (leftRows, leftSquares) = (0, 0)
        var rightSquares = totals.reduce(0) { $0 + $1 * $1 }
        var best: Cut?
        var isNextOpen = false
        for word in 0..<4 {
            var bits = occupied[word]
            while bits != 0 {
                let bin = word << 6 | bits.trailingZeroBitCount
                bits &= bits &- 1
                if isNextOpen {
                    best?.next = bin
                    isNextOpen = false
                }
                leftRows += moveLeft(bin, totals: totals, &leftSquares, &rightSquares)
                guard leftRows < rows else { continue }
                let score =
                    Double(leftSquares) / Double(leftRows) + Double(rightSquares) / Double(rows - leftRows)
                guard score > best?.score ?? -1 else { continue }
                best = Cut(score: score, bin: bin, next: bin)
                isNextOpen = true
            }
            occupied[word] = 0
        }
        return best
    }

    /// Moves one bin's rows to the left side, clears it, and returns how many they were.
    private mutating func moveLeft(
        _ bin: Int,
        totals: [Int],
        _ leftSquares: inout Int,
        _ rightSquares: inout Int
    ) -> Int {
        var rows = 0
        for label in 0..<classes {
            let count = Int(counts[bin * classes + label])
            guard count > 0 else { continue }
            counts[bin * classes + label] = 0
            let before = left[label]
            leftSquares += count * (2 * before + count)
            rightSquares -= count * (2 * (totals[label] - before) - count)
            left[label] = before + count
            rows += count
        }
        return rows
    }
}
