/// The distinct texts of a column, in the order in which they first appear.
package struct DateCells: Sendable {
    /// All texts, one behind the other.
    let bytes: [UInt8]
    /// Where each text lies in ``bytes``.
    let ranges: [Range<Int>]
    /// How many cells have each text.
    let counts: [Int]
    let total: Int

    package init(_ texts: [(text: String, count: Int)]) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for (text, _) in texts {
            let start = bytes.count
            bytes.append(contentsOf: text.utf8)
            ranges.append(start..<bytes.count)
        }
        self.init(bytes: bytes, ranges: ranges, counts: texts.map(\.count))
    }

    package init(bytes: [UInt8], ranges: [Range<Int>], counts: [Int]) {
        (self.bytes, self.ranges, self.counts) = (bytes, ranges, counts)
        total = counts.reduce(0, +)
    }

    /// Copies the texts in `ranges` of a file.
    package init(_ file: Span<UInt8>, _ ranges: [Range<Int>], counts: [Int]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ranges.reduce(0) { $0 + $1.count })
        var copied: [Range<Int>] = []
        for range in ranges {
            let start = bytes.count
            for index in range { bytes.append(file[index]) }
            copied.append(start..<bytes.count)
        }
        self.init(bytes: bytes, ranges: copied, counts: counts)
    }

    func text(_ index: Int) -> String { String(decoding: bytes[ranges[index]], as: UTF8.self) }

    /// About `count` of the texts, spread over the column.
    func sample(_ count: Int) -> [Int] {
        Array(stride(from: 0, to: ranges.count, by: max(1, ranges.count / count)))
    }

    /// About `limit` of the texts, spread over the column, in their order.
    func thinned(to limit: Int) -> DateCells {
        guard ranges.count > limit else { return self }
        let kept = sample(limit)
        return DateCells(bytes: bytes, ranges: kept.map { ranges[$0] }, counts: kept.map { counts[$0] })
    }

    /// The number of cells whose text is in this format.
    func fitting(_ format: DateFormat) -> Int {
        let span = bytes.span
        var sum = 0
        for (range, count) in zip(ranges, counts) where format.seconds(span, range) != nil { sum += count }
        return sum
    }

    /// The number of distinct texts among `indices` that are in this format.
    func count(of format: DateFormat, among indices: [Int]) -> Int {
        let span = bytes.span
        return indices.count { format.seconds(span, ranges[$0]) != nil }
    }

    /// The values of the texts in this format, without those that have none.
    func seconds(_ format: DateFormat) -> [Double] {
        let span = bytes.span
        return ranges.compactMap { format.seconds(span, $0) }
    }

    /// The first text that `format` reads and `other` does not; nil if there is none.
    func example(of format: DateFormat, not other: DateFormat) -> String? {
        let span = bytes.span
        return ranges.indices.first {
            format.seconds(span, ranges[$0]) != nil && other.seconds(span, ranges[$0]) == nil
        }.map(text)
    }
}
