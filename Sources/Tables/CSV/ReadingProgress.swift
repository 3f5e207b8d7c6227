import Synchronization

/// The amount of a file that all threads together have read.
final class ReadingProgress: Sendable {
    private let bytes: Int
    private let rows = Atomic(0)
    private let bytesRead = Atomic(0)

    init(bytes: Int) {
        self.bytes = max(1, bytes)
    }

    /// Adds the rows of `chunk`, and returns the number of rows so far.
    func add(_ chunk: CSVChunk) -> Int {
        bytesRead.add(chunk.limit - chunk.start, ordering: .relaxed)
        return rows.add(chunk.rows, ordering: .relaxed).newValue
    }

    /// The fraction of the bytes that are read, 0 to 1.
    var fraction: Double { min(1, Double(bytesRead.load(ordering: .relaxed)) / Double(bytes)) }
}
