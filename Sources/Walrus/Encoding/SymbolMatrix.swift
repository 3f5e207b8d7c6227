/// The source rows of a blob: the bytes of the blob, padded with zeros, and the repair symbols of each row.
///
/// Symbols are read in slices (see ``SymbolLayout``). From the start of each slice at least 128 bytes are readable.
@safe final class SymbolMatrix {
    let shape: CodeShape
    let symbolSize: Int
    private let source: UnsafeBufferPointer<UInt8>
    /// A copy of the last bytes of the source, at most one slice, followed by two slices of zeros.
    private let tail = ZeroedBuffer<UInt8>(3 * SymbolLayout.sliceSize)
    /// The repair symbols of the rows with data, row by row, followed by one readable slice.
    private let repairs: ZeroedBuffer<UInt8>

    init(
        source: UnsafeBufferPointer<UInt8>,
        shape: CodeShape,
        symbolSize: Int
    ) throws(EncodingError) {
        unsafe self.source = source
        self.shape = shape
        self.symbolSize = symbolSize
        let rowSize = shape.columns * symbolSize
        let rows = (source.count + rowSize - 1) / rowSize
        rowsWithData = rows
        let repairSize = rows * (shape.shards - shape.columns) * symbolSize
        repairs = try ZeroedBuffer(checking: repairSize + SymbolLayout.sliceSize)
        let rest = unsafe source.suffix(SymbolLayout.sliceSize)
        for index in unsafe rest.indices { unsafe tail.start[index - rest.startIndex] = rest[index] }
    }

    /// The number of rows that contain bytes of the blob; the rows behind them are padding.
    let rowsWithData: Int

    /// The rows of the extended matrix in which all symbols are zero.
    ///
    /// These are the padding rows; if the blob is empty, all rows.
    var emptyRows: Range<Int> {
        rowsWithData == 0 ? 0..<shape.shards : rowsWithData..<shape.rows
    }

    /// The columns of the extended matrix in which all symbols are zero.
    ///
    /// These are the padding columns if there is only one row with data. If the blob is empty, they are all columns;
    /// otherwise there are none.
    var emptyColumns: Range<Int> {
        switch rowsWithData {
        case 0: 0..<shape.shards
        case 1: unsafe (source.count + symbolSize - 1) / symbolSize..<shape.columns
        default: shape.shards..<shape.shards
        }
    }

    /// The size of a symbol's slice in bytes: 128, except that the last slice may be smaller.
    func sliceSize(_ slice: Int) -> Int {
        min(SymbolLayout.sliceSize, symbolSize - slice * SymbolLayout.sliceSize)
    }

    /// The address of a slice of a symbol in a source row; columns from `shape.columns` on hold repair symbols.
    @inline(__always)
    func slice(_ slice: Int, row: Int, column: Int) -> UnsafePointer<UInt8> {
        if column >= shape.columns, row < rowsWithData {
            return unsafe UnsafePointer(repair(slice, row: row, index: column - shape.columns))
        }
        let columnInRow = min(column, shape.columns)
        let offset = (row * shape.columns + columnInRow) * symbolSize + slice * SymbolLayout.sliceSize
        if unsafe offset + SymbolLayout.sliceSize <= source.count, let start = unsafe source.baseAddress {
            return unsafe start + offset
        }
        let tailStart = unsafe max(0, source.count - SymbolLayout.sliceSize)
        return unsafe UnsafePointer(tail.start + min(offset, source.count) - tailStart)
    }

    /// The address of a slice of repair symbol `index` in a row with data.
    @inline(__always)
    func repair(_ slice: Int, row: Int, index: Int) -> UnsafeMutablePointer<UInt8> {
        let symbol = row * (shape.shards - shape.columns) + index
        return unsafe repairs.start + symbol * symbolSize + slice * SymbolLayout.sliceSize
    }
}
