/// What a request carries.
package enum RequestBody: Sendable {
    case none
    case bytes([UInt8])
    /// Streamed from disk, with its size as the length.
    case file(path: String)
}
