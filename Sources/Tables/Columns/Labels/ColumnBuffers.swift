import Synchronization

/// The memory of the columns while chunks of a file are read into them; each chunk has its own range of rows.
///
/// A numeric cell is a float. A text cell is the index of its text in the chunk's ``LabelTable``, stored in the float's
/// bits. Dates and the target also have doubles. The columns are pointers because several threads fill one column at
/// the same time.
@safe final class ColumnBuffers: @unchecked Sendable {
    // @unchecked Sendable because only the thread that reads a chunk writes its rows, and nobody reads a row before all
    // threads have finished.
    private let columns: [UnsafeMutableBufferPointer<Float>]
    private let numbers: [UnsafeMutableBufferPointer<Double>]
    private let freed = Mutex<Set<Int>>([])

    /// The bits of a text cell without an index: the cell is missing, or the label table is full.
    static let noLabel: UInt32 = .max

    /// Allocates room for `rows` rows.
    ///
    /// A page of this memory is assigned by the system only when a row is first written to the page.
    init(plans: [ColumnPlan], rows: Int) {
        unsafe columns = plans.map { .allocate(capacity: $0.storesFloats ? rows : 0) }
        unsafe numbers = plans.map { .allocate(capacity: $0.storesDoubles ? rows : 0) }
    }

    deinit { for column in unsafe columns.indices { free(column) } }

    /// Frees a column's memory.
    ///
    /// The cells of the column cannot be read afterwards.
    func free(_ column: Int) {
        let isHeld = freed.withLock { $0.insert(column).inserted }
        guard isHeld else { return }
        unsafe columns[column].deallocate()
        unsafe numbers[column].deallocate()
    }

    @inline(__always)
    func store(_ value: Float, row: Int, column: Int) { unsafe columns[column][row] = value }

    func store(label: UInt32, row: Int, column: Int) {
        unsafe columns[column][row] = Float(bitPattern: label)
    }

    func store(number: Double, row: Int, column: Int) { unsafe numbers[column][row] = number }

    /// Appends the cells of a range of rows to `values`.
    func copy(_ rows: Range<Int>, column: Int, to values: inout [Float]) {
        unsafe values.append(contentsOf: UnsafeMutableBufferPointer(rebasing: columns[column][rows]))
    }

    func float(row: Int, column: Int) -> Float { unsafe columns[column][row] }
    func label(row: Int, column: Int) -> UInt32 { unsafe columns[column][row].bitPattern }
    func number(row: Int, column: Int) -> Double { unsafe numbers[column][row] }
}

extension ColumnPlan {
    /// Whether numbers or labels of the column are stored as 32-bit values.
    var storesFloats: Bool {
        switch kind {
        case .ignored: false
        case .number, .text: true
        case .date: isTarget
        }
    }

    /// Whether values of the column are stored as doubles.
    var storesDoubles: Bool {
        switch kind {
        case .ignored, .text: false
        case .number: isTarget
        case .date: true
        }
    }

    /// The decimal mark if the column has plain numbers, with nothing but digits, sign, mark and exponent.
    var plainPoint: UInt8? {
        guard case .number(let notation) = kind else { return nil }
        return notation.plainPoint
    }
}
