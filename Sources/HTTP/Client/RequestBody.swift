/// What a request carries.
package enum RequestBody: Sendable {
    case none
    case bytes([UInt8])
    /// The regular file at `path`, streamed from disk; its size at the start is the `Content-Length`.
    ///
    /// `onProgress` hears how many bytes were handed out, on the thread of all transfers, which it must not keep.
    case file(path: String, onProgress: @Sendable (Int) -> Void = { _ in })
}
