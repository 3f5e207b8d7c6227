/// Callbacks of the caller that has a file read; the reader calls them from any thread.
package struct ReadingObserver: Sendable {
    /// Whether the reader should stop.
    var isCancelled: @Sendable () -> Bool
    /// The number of rows read so far, and the fraction of the file, 0 to 1.
    var onRows: @Sendable (_ rows: Int, _ fraction: Double) -> Void
    /// A range of bytes that the reader does not need for now: the caller may release its memory.
    ///
    /// The reader may read the range again in a later pass.
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
