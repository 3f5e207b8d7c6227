/// Extends source rows by their repair symbols.
///
/// One thread uses it.
struct RowExtension {
    private let matrix: SymbolMatrix
    private let code: ReedSolomon
    private var block: CodingBlock
    private let symbol = Memory<UInt8>(2 * SymbolLayout.sliceSize)

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
                    // By way of a buffer, because a neighbour may be complete already, or another thread's.
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
