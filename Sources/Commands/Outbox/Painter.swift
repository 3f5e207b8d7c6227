package import Contract

/// Draws the pictures of results.
package protocol Painter: Sendable {
    /// The picture as a PNG file; nil if it cannot be drawn.
    ///
    /// The painter logs why the picture cannot be drawn.
    func picture(of request: PictureRequest) async -> [UInt8]?
}
