/// One pass over a file: what the reader stored and found, chunk by chunk.
struct CSVRead {
    let plans: [ColumnPlan]
    let chunks: [CSVChunk]
    let buffers: ColumnBuffers

    var rows: Int { chunks.reduce(0) { $0 + $1.rows } }
    var oddRows: OddRows { chunks.reduce(OddRows()) { $0 + $1.oddRows } }
}
