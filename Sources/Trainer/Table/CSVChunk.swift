/// A part of a file that one thread reads: whole lines, as far as line ends within quotes allow.
struct CSVChunk {
    /// What reading has brought to light about a column.
    struct Findings {
        var missing = 0
        /// Cells that are neither a number nor missing, and the first of them.
        var texts = 0
        var firstText: CSVField?
        /// The first number beyond a 32-bit float.
        var firstTooLarge: CSVField?
        var labels: LabelTable
    }

    /// Where it begins: a guess, until the chunk before it is read and has ended there.
    var start: Int
    /// Rows that begin before here are the chunk's.
    let limit: Int
    /// Its first row among all that there is room for.
    let firstRow: Int
    /// How many rows it may have.
    let room: Int

    /// Where its last row ended.
    var end: Int
    var rows = 0
    var findings: [Findings] = []
    var fault: CSVFault?

    /// Cuts `bytes` from `start` on into chunks, counts the line ends of each, and so knows room for how many rows is
    /// needed: a row has one line end at least.
    static func plan(
        _ bytes: Span<UInt8>,
        from start: Int,
        size: Int,
        threads: Int,
        _ watch: ReadingWatch
    ) -> [CSVChunk] {
        let bounds = bounds(bytes, from: start, size: size)
        let lines = Parallel.map(bounds.count - 1, threads: threads, scratch: {}) { _, index in
            let range = bounds[index]..<bounds[index + 1]
            defer { watch.onPassed(range) }
            return LineEnds.count(bytes, in: range)
        }
        var chunks: [CSVChunk] = []
        var row = 0
        for (index, count) in (lines ?? []).enumerated() {
            let (start, limit) = (bounds[index], bounds[index + 1])
            chunks.append(CSVChunk(start: start, limit: limit, firstRow: row, room: count, end: start))
            row += count
        }
        return chunks
    }

    private static func bounds(_ bytes: Span<UInt8>, from start: Int, size: Int) -> [Int] {
        var bounds = [start]
        while let last = bounds.last, last < bytes.count {
            var position = min(last + size, bytes.count)
            while position < bytes.count, !CSVScanner.endsLine(bytes[position]) { position += 1 }
            CSVScanner.skipLineEnd(bytes, &position)
            bounds.append(position)
        }
        return bounds
    }
}
