/// Reads the rows of a file into columns: in parallel, straight from its bytes, each of which is looked at once.
///
/// A chunk begins after a line end, which may lie within quotes. So a chunk is right only if it began where the one
/// before it has ended; those that did not are read again from there, one after the other.
struct CSVReader {
    let layout: CSVLayout
    /// Column by column.
    let uses: [ColumnUse]
    let threads: Int
    /// Texts of a column of labels beyond this many are not told apart.
    var maxLabels = ColumnLabels.maxTexts
    var chunkSize = 2 << 20

    /// - Throws: ``CSVError`` for the first row that is broken, ``CSVError/cancelled`` when the watch said so.
    func read(
        _ bytes: Span<UInt8>,
        _ watch: ReadingWatch = ReadingWatch()
    ) throws(CSVError) -> CSVColumns {
        let plan = CSVChunk.plan(bytes, from: layout.bodyStart, size: chunkSize, threads: threads, watch)
        let rows = RowCounter(bytes: bytes.count - layout.bodyStart)
        let buffers = ColumnBuffers(uses: uses, rows: plan.reduce(0) { $0 + $1.room })
        let done = Parallel.map(plan.count, threads: threads, scratch: {}) { _, index -> CSVChunk? in
            guard !watch.isCancelled() else { return nil }
            let chunk = read(plan[index], bytes, buffers)
            watch.onRows(rows.add(chunk), rows.share)
            watch.onPassed(chunk.start..<chunk.limit)
            return chunk
        }
        guard var chunks = done else { throw .cancelled }
        for index in chunks.indices {
            let start = index == 0 ? layout.bodyStart : chunks[index - 1].end
            if chunks[index].start != start {
                guard !watch.isCancelled() else { throw .cancelled }
                chunks[index].start = start
                chunks[index] = read(chunks[index], bytes, buffers)
            }
            if let fault = chunks[index].fault {
                throw CSVError(fault, expected: layout.names.count, in: bytes)
            }
        }
        return CSVColumns(layout: layout, uses: uses, chunks: chunks, buffers: buffers)
    }

    private func read(_ planned: CSVChunk, _ bytes: Span<UInt8>, _ buffers: ColumnBuffers) -> CSVChunk {
        var chunk = planned
        let rows = CSVRowReader(layout: layout, uses: uses, buffers: buffers)
        chunk.rows = 0
        chunk.fault = nil
        chunk.findings = uses.map { use in
            CSVChunk.Findings(labels: LabelTable(limit: use == .target ? Task.maxClasses + 1 : maxLabels))
        }
        do throws(CSVFault) {
            chunk.end = try rows.read(bytes, &chunk)
        } catch {
            chunk.fault = error
        }
        return chunk
    }
}
