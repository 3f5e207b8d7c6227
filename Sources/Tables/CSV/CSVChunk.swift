import Threads

/// A part of a file that one thread reads.
///
/// A chunk has whole rows, unless the file was cut at a line end inside a quoted field.
struct CSVChunk {
    /// The offset of the chunk's first byte.
    ///
    /// It is a guess until the previous chunk has been read and ends at this offset.
    var start: Int
    /// The rows that begin before this offset belong to the chunk.
    let limit: Int
    /// The index of the chunk's first row in the ``ColumnBuffers``.
    let firstRow: Int
    /// The largest number of rows that the chunk can have.
    let capacity: Int

    /// The offset after the chunk's last row.
    var end: Int
    var rows = 0
    var findings: [ColumnFindings] = []
    var oddRows = OddRows()
    var fault: CSVFault?

    /// Cuts `bytes` from `start` on into chunks of about `size` bytes.
    ///
    /// The number of line ends in a chunk is its capacity, because a row has at least one line end.
    ///
    /// - Throws: ``CSVError/notUTF8`` if `checksText` is true and the bytes are not UTF-8, or have NUL bytes.
    static func plan(
        _ bytes: Span<UInt8>,
        from start: Int,
        size: Int,
        threads: Int,
        checksText: Bool,
        _ observer: ReadingObserver
    ) throws(CSVError) -> [CSVChunk] {
        let bounds = bounds(bytes, from: start, size: size)
        let lines = Parallel.map(bounds.count - 1, threads: threads, scratch: {}) { _, index -> Int? in
            let range = bounds[index]..<bounds[index + 1]
            defer { observer.onConsumed(range) }
            guard !checksText || UTF8Check(bytes.extracting(range)).isClean else { return nil }
            return LineEnds.count(bytes, in: range)
        }
        guard let lines else { throw .notUTF8 }
        var chunks: [CSVChunk] = []
        var row = 0
        for (index, count) in lines.enumerated() {
            let (start, limit) = (bounds[index], bounds[index + 1])
            chunks.append(CSVChunk(start: start, limit: limit, firstRow: row, capacity: count, end: start))
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
