import Synchronization

/// The memory of the columns while chunks of a file are read into them; each chunk has its own range of rows.
///
/// A numeric cell is a float. A text cell is the index of its text in the chunk's ``LabelTable``, stored in the float's
/// bits. The target also has doubles. The columns are pointers because several threads fill one column at the same
/// time.
@safe final class ColumnBuffers: @unchecked Sendable {
    // @unchecked Sendable because only the thread that reads a chunk writes its rows, and nobody reads a row before all
    // threads have finished.
    private let columns: [UnsafeMutableBufferPointer<Float>]
    private let numbers: UnsafeMutableBufferPointer<Double>
    private let freed = Mutex<Set<Int>>([])

    /// The bits of a text cell without an index: the cell is missing, or the label table is full.
    static let noLabel: UInt32 = .max

    /// Allocates room for `rows` rows.
    ///
    /// A page of this memory is assigned by the system only when a row is first written to the page.
    init(uses: [ColumnUse], rows: Int) {
        unsafe columns = uses.map { .allocate(capacity: $0 == .ignored || $0 == .counted ? 0 : rows) }
        unsafe numbers = .allocate(capacity: uses.contains(.target) ? rows : 0)
    }

    deinit {
        for column in unsafe columns.indices { free(column) }
        unsafe numbers.deallocate()
    }

    /// Frees a column's memory.
    ///
    /// The cells of the column cannot be read afterwards.
    func free(_ column: Int) {
        let isHeld = freed.withLock { $0.insert(column).inserted }
        if isHeld { unsafe columns[column].deallocate() }
    }

    @inline(__always)
    func store(_ value: Float, row: Int, column: Int) { unsafe columns[column][row] = value }

    func store(label: UInt32, row: Int, column: Int) {
        unsafe columns[column][row] = Float(bitPattern: label)
    }

    func store(number: Double, row: Int) { unsafe numbers[row] = number }

    /// Appends the cells of a range of rows to `values`.
    func copy(_ rows: Range<Int>, column: Int, to values: inout [Float]) {
        unsafe values.append(contentsOf: UnsafeMutableBufferPointer(rebasing: columns[column][rows]))
    }

    func label(row: Int, column: Int) -> UInt32 { unsafe columns[column][row].bitPattern }
    func number(row: Int) -> Double { unsafe numbers[row] }
}

/// What the reader does with a column's cells.
enum ColumnUse: Sendable {
    case ignored
    /// Counts missing cells and texts; stores nothing.
    case counted
    /// Stores 32-bit floats.
    case number
    /// Stores labels.
    case text
    /// Stores doubles and labels, because the task is not known before the whole column is read.
    case target
}
