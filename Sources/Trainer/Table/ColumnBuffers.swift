import Synchronization

/// Memory for columns while chunks of a file are read into them, each chunk into rows of its own.
///
/// Numbers are floats; texts are the bits of their number in the chunk's ``LabelTable``. The target has doubles too.
/// Pointers, because many threads fill one column at once.
@safe final class ColumnBuffers: @unchecked Sendable {
    // @unchecked Sendable because each row is written by the one thread that reads its chunk, and read only when all
    // of them are done.
    private let columns: [UnsafeMutableBufferPointer<Float>]
    private let numbers: UnsafeMutableBufferPointer<Double>
    private let freed = Mutex<Set<Int>>([])

    /// The bits of a text that has no number: the cell is missing, or the label table is full.
    static let noLabel: UInt32 = .max

    /// Makes room for `rows`; pages that no row ever touches cost nothing.
    init(uses: [ColumnUse], rows: Int) {
        unsafe columns = uses.map { .allocate(capacity: $0 == .ignored || $0 == .counted ? 0 : rows) }
        unsafe numbers = .allocate(capacity: uses.contains(.target) ? rows : 0)
    }

    deinit {
        for column in unsafe columns.indices { free(column) }
        unsafe numbers.deallocate()
    }

    /// Gives back a column's memory; its cells are gone.
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

    /// A range of rows, appended to `values`.
    func copy(_ rows: Range<Int>, column: Int, to values: inout [Float]) {
        unsafe values.append(contentsOf: UnsafeMutableBufferPointer(rebasing: columns[column][rows]))
    }

    func label(row: Int, column: Int) -> UInt32 { unsafe columns[column][row].bitPattern }
    func number(row: Int) -> Double { unsafe numbers[row] }
}

/// What becomes of a column's cells.
enum ColumnUse: Sendable {
    case ignored
    /// Looked at, not kept.
    case counted
    /// 32-bit floats.
    case number
    /// Labels.
    case text
    /// Both, because nobody knows yet which it is.
    case target
}
