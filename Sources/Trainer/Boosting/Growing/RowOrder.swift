/// The rows of a tree, ordered so that the rows of a leaf are contiguous.
///
/// Within a leaf, the rows are ascending.
final class RowOrder: Sendable {
    let rows: Slab<UInt32>
    private let left: Slab<UInt32>
    private let right: Slab<UInt32>
    private let threads: ThreadTeam

    /// If a thread would have fewer rows than this, fewer threads work.
    private static let rowsPerThread = 16_384

    init(capacity: Int, threads: ThreadTeam) {
        rows = Slab(repeating: 0, count: capacity)
        left = Slab(repeating: 0, count: capacity)
        right = Slab(repeating: 0, count: capacity)
        self.threads = threads
    }

    /// Starts a new tree with these rows, which must be ascending.
    func reset(to rows: [UInt32]) {
        unsafe rows.withUnsafeBufferPointer { rows in
            guard let first = rows.baseAddress else { return }
            unsafe self.rows.base.update(from: first, count: rows.count)
        }
    }

    /// Moves the rows of the left side to the front of the range, and returns the start of the right side.
    ///
    /// Each thread divides a part of the range into left and right rows. After all threads have finished, each thread
    /// copies its rows to their places. If missing values go left, 1 is added to each bin, so that the bin of missing
    /// values, 255, overflows to 0 and is on the left.
    func partition(_ range: Range<Int>, _ column: Slab<UInt8>, cut: Cut) -> Int {
        let shift: UInt8 = cut.missing == .left ? 1 : 0
        let limit = UInt8(cut.bin) &+ shift
        let parts = max(1, min(threads.count, range.count / Self.rowsPerThread))
        let bounds = (0...parts).map { range.lowerBound + range.count * $0 / parts }
        let lefts = Slab(repeating: 0, count: parts)
        threads.each(parts) { [self] part in
            let (rows, left, right) = unsafe (self.rows.base, self.left.base, self.right.base)
            let bins = unsafe column.base
            let first = bounds[part]
            var (toLeft, toRight) = (first, first)
            for index in first..<bounds[part + 1] {
                let row = unsafe rows[index]
                let goesLeft = unsafe bins[Int(row)] &+ shift <= limit ? 1 : 0
                unsafe left[toLeft] = row
                unsafe right[toRight] = row
                toLeft &+= goesLeft
                toRight &+= 1 &- goesLeft
            }
            unsafe lefts.base[part] = toLeft - first
        }
        let counts = lefts.array
        let middle = range.lowerBound + counts.reduce(0, +)
        threads.each(parts) { [self] part in
            let before = counts[..<part].reduce(0, +)
            let (first, count) = (bounds[part], counts[part])
            let toRight = middle + (first - range.lowerBound - before)
            unsafe (self.rows.base + range.lowerBound + before).update(
                from: self.left.base + first,
                count: count
            )
            unsafe (self.rows.base + toRight).update(
                from: self.right.base + first,
                count: bounds[part + 1] - first - count
            )
        }
        return middle
    }
}
