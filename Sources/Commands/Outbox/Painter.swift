package import Contract

/// Draws the pictures of results.
package protocol Painter: Sendable {
    /// The picture as a PNG file; nil where it cannot be drawn, which is logged.
    func picture(of request: PictureRequest) async -> [UInt8]?
}
