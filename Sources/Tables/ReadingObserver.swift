/// Callbacks during the reading of a file.
///
/// The reader may call them on any thread.
package struct ReadingObserver: Sendable {
    /// Whether the reader should stop.
    var isCancelled: @Sendable () -> Bool
    /// Receives the number of rows read so far, and the fraction of the file that was read, 0 to 1.
    var onRows: @Sendable (_ rows: Int, _ fraction: Double) -> Void
    /// Receives a range of bytes that the reader does not need for now.
    ///
    /// The closure may release the memory of the range. The reader may read the range again in a later pass.
    var onConsumed: @Sendable (Range<Int>) -> Void

    package init(
        isCancelled: @escaping @Sendable () -> Bool = { false },
        onRows: @escaping @Sendable (_ rows: Int, _ fraction: Double) -> Void = { _, _ in },
        onConsumed: @escaping @Sendable (Range<Int>) -> Void = { _ in }
    ) {
        self.isCancelled = isCancelled
        self.onRows = onRows
        self.onConsumed = onConsumed
    }
}
