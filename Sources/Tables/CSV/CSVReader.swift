import Threads

/// Reads the rows of a file into columns, in parallel: a first pass counts line ends, and a second pass reads cells.
///
/// The file is cut into chunks after line ends. A line end inside quotes does not end a row, so a chunk is correct only
/// if it starts where the previous chunk ends. Other chunks are read again, one after the other.
struct CSVReader {
    let layout: CSVLayout
    /// What the reader does with each column.
    let uses: [ColumnUse]
    let threads: Int
    /// The size of a chunk, in bytes.
    var chunkSize = 2 << 20

    /// Reads all rows of `bytes`.
    ///
    /// - Throws: ``CSVError`` for the first malformed row, ``CSVError/cancelled`` if the observer cancels.
    func read(
        _ bytes: Span<UInt8>,
        _ observer: ReadingObserver = ReadingObserver()
    ) throws(CSVError) -> CSVColumns {
        let plan = CSVChunk.plan(bytes, from: layout.bodyStart, size: chunkSize, threads: threads, observer)
        let progress = ReadingProgress(bytes: bytes.count - layout.bodyStart)
        let buffers = ColumnBuffers(uses: uses, rows: plan.reduce(0) { $0 + $1.capacity })
        let done = Parallel.map(plan.count, threads: threads, scratch: {}) { _, index -> CSVChunk? in
            guard !observer.isCancelled() else { return nil }
            let chunk = read(plan[index], bytes, buffers)
            observer.onRows(progress.add(chunk), progress.fraction)
            observer.onConsumed(chunk.start..<chunk.limit)
            return chunk
        }
        guard var chunks = done else { throw .cancelled }
        for index in chunks.indices {
            let start = index == 0 ? layout.bodyStart : chunks[index - 1].end
            if chunks[index].start != start {
                guard !observer.isCancelled() else { throw .cancelled }
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
            let limit = use == .target ? Target.maxClasses + 1 : ColumnLabels.maxTexts
            return CSVChunk.Findings(labels: LabelTable(limit: limit))
        }
        do throws(CSVFault) {
            chunk.end = try rows.read(bytes, &chunk)
        } catch {
            chunk.fault = error
        }
        return chunk
    }
}
