/// Whoever has a file read: asked whether to go on, and told how far it is, from any thread.
package struct ReadingWatch: Sendable {
    var isCancelled: @Sendable () -> Bool = { false }
    /// Rows so far, and the share of the file.
    var onRows: @Sendable (_ rows: Int, _ share: Double) -> Void = { _, _ in }
    /// Bytes that were looked at, and can leave memory until they are again.
    var onPassed: @Sendable (Range<Int>) -> Void = { _ in }
}
