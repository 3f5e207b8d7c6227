import Threads

/// Reads the rows of a file into columns, in parallel: a first pass counts line ends, and a second pass reads cells.
///
/// The file is cut into chunks after line ends. A line end inside quotes does not end a row, so a chunk is correct only
/// if it starts where the previous chunk ends. Other chunks are read again, one after the other.
struct CSVReader {
    let layout: CSVLayout
    /// What the reader does with each column.
    let plans: [ColumnPlan]
    var missingWords = MissingWords()
    let threads: Int
    /// The largest amount of memory that the columns may need, in bytes.
    var memoryLimit = Int.max
    /// Whether the bytes may not be UTF-8, or have NUL bytes, and are checked for it.
    var checksText = false
    /// The size of a chunk, in bytes; nil for the usual one.
    var chunkSize: Int?

    /// What is found in one column of a chunk takes about 200 bytes, so the chunks of a wide table are larger.
    private var usualChunkSize: Int { max(2 << 20, 512 * plans.count) }
    /// The largest share of rows with too many fields; more are an error.
    private static let mostLongRows = 0.05

    /// Reads all rows of `bytes`.
    ///
    /// - Throws: ``CSVError`` for the first malformed row, ``CSVError/notUTF8`` after a check of the text,
    ///   ``CSVError/cancelled`` if the observer cancels.
    func read(
        _ bytes: Span<UInt8>,
        _ observer: ReadingObserver = ReadingObserver()
    ) throws(CSVError) -> CSVRead {
        let plan = try CSVChunk.plan(
            bytes,
            from: layout.bodyStart,
            size: chunkSize ?? usualChunkSize,
            threads: threads,
            checksText: checksText,
            observer
        )
        try checkSize(lines: plan.reduce(0) { $0 + $1.capacity })
        let progress = ReadingProgress(bytes: bytes.count - layout.bodyStart)
        let buffers = ColumnBuffers(plans: plans, rows: plan.reduce(0) { $0 + $1.capacity })
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
        let result = CSVRead(plans: plans, chunks: chunks, buffers: buffers)
        let long = result.oddRows.long
        if let first = long.first, Double(long.count) > max(1, Self.mostLongRows * Double(result.rows)) {
            throw CSVError(.ragged(at: first, fields: long.fields), expected: layout.names.count, in: bytes)
        }
        return result
    }

    /// Checks that cells for all lines can be reserved; lines without a row, which take no memory, may be three of four.
    private func checkSize(lines: Int) throws(CSVError) {
        let bytes = lines.multipliedReportingOverflow(by: 4 * plans.count)
        guard bytes.overflow || bytes.partialValue / 4 > memoryLimit else { return }
        throw .tooLarge(
            rows: lines,
            columns: plans.count,
            bytes: bytes.overflow ? .max : bytes.partialValue,
            limit: memoryLimit
        )
    }

    private func read(_ planned: CSVChunk, _ bytes: Span<UInt8>, _ buffers: ColumnBuffers) -> CSVChunk {
        let first = read(planned, bytes, buffers, skipping: OddRows())
        // A row that is too long was counted in the findings before its end was seen, so the chunk is read again.
        guard first.fault == nil, !first.oddRows.skipped.isEmpty else { return first }
        var second = read(planned, bytes, buffers, skipping: first.oddRows)
        second.oddRows.skipped = []
        return second
    }

    private func read(
        _ planned: CSVChunk,
        _ bytes: Span<UInt8>,
        _ buffers: ColumnBuffers,
        skipping known: OddRows
    ) -> CSVChunk {
        var chunk = planned
        let rows = CSVRowReader(layout: layout, plans: plans, missingWords: missingWords, buffers: buffers)
        chunk.fault = nil
        let tally = ChunkTally(
            findings: plans.map { ColumnFindings(labelLimit: $0.labelLimit) },
            oddRows: OddRows(long: known.long, skipped: known.skipped)
        )
        do throws(CSVFault) {
            chunk.end = try rows.read(bytes, &chunk, tally)
        } catch {
            chunk.fault = error
        }
        (chunk.findings, chunk.oddRows) = (tally.findings, tally.oddRows)
        return chunk
    }
}
