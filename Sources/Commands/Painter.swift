package import Contract

/// Who draws results.
package protocol Painter: Sendable {
    /// The picture as a PNG file; nil where there can be none, which has been logged.
    func picture(of request: PictureRequest) async -> [UInt8]?
}
