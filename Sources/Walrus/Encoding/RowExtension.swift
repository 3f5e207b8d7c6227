/// Extends rows of source symbols by their repair symbols.
///
/// Each thread has its own instance.
struct RowExtension {
    private let matrix: SymbolMatrix
    private let code: ReedSolomon
    private var block: CodingBlock
    private let symbol = ZeroedBuffer<UInt8>(2 * SymbolLayout.sliceSize)

    init(matrix: SymbolMatrix, code: ReedSolomon) {
        self.matrix = matrix
        self.code = code
        block = CodingBlock(code: code)
    }

    mutating func extend(_ rows: Range<Int>) {
        var slice = 0
        while matrix.sliceSize(slice) > 0 {
            let size = matrix.sliceSize(slice)
            unsafe block.encode(members: rows.count, count: code.data, sliceSize: size) { column, member in
                unsafe matrix.slice(slice, row: rows.lowerBound + member, column: column)
            }
            for index in 0..<code.repair {
                for (member, row) in rows.enumerated() {
                    // `copyRepair` may overwrite the memory behind its target, where another thread may work on the
                    // next row. Therefore a buffer is the target, and then exactly `size` bytes are copied.
                    unsafe block.copyRepair(index, member: member, to: symbol.start)
                    unsafe matrix.repair(slice, row: row, index: index).update(
                        from: symbol.start,
                        count: size
                    )
                }
            }
            slice += 1
        }
    }
}
