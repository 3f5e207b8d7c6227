import Synchronization

/// How much of a file has been read, by all threads together.
final class RowCounter: Sendable {
    private let bytes: Int
    private let rows = Atomic(0)
    private let bytesRead = Atomic(0)

    init(bytes: Int) {
        self.bytes = max(1, bytes)
    }

    /// Rows so far, with those of `chunk`.
    func add(_ chunk: CSVChunk) -> Int {
        bytesRead.add(chunk.limit - chunk.start, ordering: .relaxed)
        return rows.add(chunk.rows, ordering: .relaxed).newValue
    }

    /// 0 to 1.
    var share: Double { min(1, Double(bytesRead.load(ordering: .relaxed)) / Double(bytes)) }
}
