import CCairo

/// A PNG file, decoded to pixels by Cairo.
struct Bitmap {
    let png: [UInt8]
    let width: Int
    let height: Int
    private let pixels: [UInt8]

    struct Unreadable: Error {}

    init(png: [UInt8]) throws {
        var rest = png[...]
        let surface = withUnsafeMutablePointer(to: &rest) { pointer in
            cairo_image_surface_create_from_png_stream(
                { source, target, count in
                    guard let source, let target else { return CAIRO_STATUS_READ_ERROR }
                    let rest = source.assumingMemoryBound(to: ArraySlice<UInt8>.self)
                    guard rest.pointee.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
                    for index in 0..<Int(count) { target[index] = rest.pointee.removeFirst() }
                    return CAIRO_STATUS_SUCCESS
                },
                pointer
            )
        }
        defer { cairo_surface_destroy(surface) }
        guard let surface, let data = cairo_image_surface_get_data(surface) else { throw Unreadable() }
        (width, height) = (
            Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface))
        )
        let stride = Int(cairo_image_surface_get_stride(surface))
        pixels = Array(UnsafeBufferPointer(start: data, count: stride * height))
        self.png = png
    }

    /// The mean difference of all channels: 0 for equal pictures, 1 between black and white.
    func difference(from other: Bitmap) -> Double {
        guard pixels.count == other.pixels.count else { return 1 }
        let sum = zip(pixels, other.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / 255 / Double(pixels.count)
    }
}
