/// The source rows of a blob: what the caller gave, padded with zeros, and the repair symbols that their codes add.
///
/// Symbols are read in slices (see ``SymbolLayout``), behind each of which there are 128 readable bytes.
@safe final class SymbolMatrix {
    let shape: CodeShape
    let symbolSize: Int
    private let source: UnsafeBufferPointer<UInt8>
    /// The last bytes of the source, at most a slice, and zeros for two slices behind them.
    private let tail = Memory<UInt8>(3 * SymbolLayout.sliceSize)
    /// The repair symbols of the rows with data, row by row, and a slice to read beyond.
    private let repairs: Memory<UInt8>

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
        repairs = try Memory(much: repairSize + SymbolLayout.sliceSize)
        let rest = unsafe source.suffix(SymbolLayout.sliceSize)
        for index in unsafe rest.indices { unsafe tail.start[index - rest.startIndex] = rest[index] }
    }

    /// Rows from here on hold nothing but padding.
    let rowsWithData: Int

    /// Rows of the whole square that are zero: padding, which extends to zero; all of them when there is no data.
    var emptyRows: Range<Int> {
        rowsWithData == 0 ? 0..<shape.shards : rowsWithData..<shape.rows
    }

    /// Columns of the whole square that are zero: padding of the only row; all of them when there is no data.
    var emptyColumns: Range<Int> {
        switch rowsWithData {
        case 0: 0..<shape.shards
        case 1: unsafe (source.count + symbolSize - 1) / symbolSize..<shape.columns
        default: shape.shards..<shape.shards
        }
    }

    /// How many bytes a slice of a symbol has.
    func sliceSize(_ slice: Int) -> Int {
        min(SymbolLayout.sliceSize, symbolSize - slice * SymbolLayout.sliceSize)
    }

    /// A slice of a symbol of a source row.
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

    /// A slice of repair symbol `index` of a row with data.
    @inline(__always)
    func repair(_ slice: Int, row: Int, index: Int) -> UnsafeMutablePointer<UInt8> {
        let symbol = row * (shape.shards - shape.columns) + index
        return unsafe repairs.start + symbol * symbolSize + slice * SymbolLayout.sliceSize
    }
}
