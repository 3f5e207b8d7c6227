/// Reads the columns of a quilt's matrix.
///
/// The blob stores the matrix row by row: symbol (r, c) is at `(r * count + c) * symbolSize`. The bytes of a column are
/// its symbols from row 0 on.
struct QuiltColumns {
    /// The number of columns.
    let count: Int
    private let rows: Int
    private let symbolSize: Int
    private let file: MappedFile

    /// - Throws: ``QuiltError/malformed(_:)`` if the size of the file is not the size of a full matrix.
    init(_ file: MappedFile, shape: CodeShape) throws(QuiltError) {
        (count, rows) = (shape.columns, shape.rows)
        symbolSize = file.size / (count * rows)
        self.file = file
        guard symbolSize > 0, symbolSize.isMultiple(of: 2), symbolSize * count * rows == file.size else {
            throw .malformed("\(file.size) bytes do not form a matrix of \(rows) x \(count) symbols")
        }
    }

    /// The number of columns that `size` bytes need.
    func count(forBytes size: Int) -> Int {
        (size + rows * symbolSize - 1) / (rows * symbolSize)
    }

    /// The concatenated bytes of `columns`.
    func read(_ columns: Range<Int>) throws(QuiltError) -> [UInt8] {
        guard columns.upperBound <= count else {
            throw .malformed("the columns \(columns) do not exist: the matrix has \(count) columns")
        }
        return file.withBytes { bytes in
            var result: [UInt8] = []
            result.reserveCapacity(columns.count * rows * symbolSize)
            for column in columns {
                for row in 0..<rows {
                    let start = (row * count + column) * symbolSize
                    for index in start..<start + symbolSize { result.append(bytes[index]) }
                }
            }
            return result
        }
    }
}
