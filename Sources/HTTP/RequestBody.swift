/// What a request carries.
package enum RequestBody: Sendable {
    case none
    case bytes([UInt8])
    /// The regular file at `path`, streamed from disk; its size at the start is the `Content-Length`.
    case file(path: String)
}
