import CCairo

/// A drawing surface of Cairo that is exported as PNG.
@safe final class Canvas {
    enum Alignment { case left, centre, right }

    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// Creates a canvas of `width` x `height` pixels, filled with the paper colour.
    init(width: Int, height: Int) {
        unsafe surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        unsafe context = cairo_create(surface)
        fill(Frame(x: 0, y: 0, width: Double(width), height: Double(height)), .paper)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    func fill(_ frame: Frame, _ colour: Colour) {
        set(colour)
        unsafe cairo_rectangle(context, frame.x, frame.y, frame.width, frame.height)
        unsafe cairo_fill(context)
    }

    func line(_ points: [(x: Double, y: Double)], _ colour: Colour, width: Double = 2, isDashed: Bool = false)
    {
        guard let first = points.first else { return }
        set(colour)
        unsafe cairo_set_line_width(context, width)
        unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        let dashes = [8.0, 8.0]
        unsafe cairo_set_dash(context, dashes, isDashed ? 2 : 0, 0)
        unsafe cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { unsafe cairo_line_to(context, point.x, point.y) }
        unsafe cairo_stroke(context)
    }

    func dot(_ x: Double, _ y: Double, radius: Double, _ colour: Colour, opacity: Double = 1) {
        unsafe cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, opacity)
        unsafe cairo_new_path(context)
        unsafe cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
        unsafe cairo_fill(context)
    }

    /// Draws `text` on one line with its baseline at `y`.
    ///
    /// If `text` is wider than `limit` pixels, it is cut and ends with an ellipsis.
    func text(
        _ text: String,
        x: Double,
        y: Double,
        size: Double,
        _ colour: Colour = .ink,
        isBold: Bool = false,
        align alignment: Alignment = .left,
        limit: Double = .infinity
    ) {
        selectFont(size, isBold)
        let shown = shortened(text.filter { !$0.isNewline && $0 != "\0" }, to: limit)
        let offset =
            switch alignment {
            case .left: 0.0
            case .centre: width(of: shown) / 2
            case .right: width(of: shown)
            }
        set(colour)
        unsafe cairo_move_to(context, x - offset, y)
        unsafe cairo_show_text(context, shown)
    }

    /// The width of `text` in pixels.
    func width(of text: String, size: Double, isBold: Bool = false) -> Double {
        selectFont(size, isBold)
        return width(of: text)
    }

    /// The largest font size at which every text fits into `limit` pixels, but at most `most` and at least
    /// ``TextSize/smallest``.
    func size(fitting texts: [String], into limit: Double, most: Double) -> Double {
        let widest = texts.map { width(of: String($0.prefix(200)), size: most) }.max() ?? 0
        return widest > limit ? max(TextSize.smallest, most * limit / widest) : most
    }

    /// The picture as a PNG file.
    ///
    /// - Throws: ``PictureError`` with Cairo's message.
    func png() throws(PictureError) -> [UInt8] {
        var bytes: [UInt8] = []
        let status = unsafe withUnsafeMutablePointer(to: &bytes) { pointer in
            unsafe cairo_surface_write_to_png_stream(
                surface,
                { target, data, count in
                    guard let target = unsafe target, let data = unsafe data else {
                        return CAIRO_STATUS_WRITE_ERROR
                    }
                    let bytes = unsafe target.assumingMemoryBound(to: [UInt8].self)
                    unsafe bytes.pointee.append(
                        contentsOf: UnsafeBufferPointer(start: data, count: Int(count))
                    )
                    return CAIRO_STATUS_SUCCESS
                },
                pointer
            )
        }
        guard status == CAIRO_STATUS_SUCCESS else { throw PictureError(status) }
        return bytes
    }

    private func set(_ colour: Colour) {
        unsafe cairo_set_source_rgb(context, colour.red, colour.green, colour.blue)
    }

    private func selectFont(_ size: Double, _ isBold: Bool) {
        unsafe cairo_select_font_face(
            context,
            "DejaVu Sans",
            CAIRO_FONT_SLANT_NORMAL,
            isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
        )
        unsafe cairo_set_font_size(context, size)
    }

    private func width(of text: String) -> Double {
        var extents = cairo_text_extents_t()
        unsafe cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }

    private func shortened(_ text: String, to limit: Double) -> String {
        // A text of 200 characters never fits. Measuring a longer text would only take more time.
        var text = String(text.prefix(200))
        guard width(of: text) > limit else { return text }
        while !text.isEmpty, width(of: text + "…") > limit { text.removeLast() }
        return text + "…"
    }
}

/// Cairo could not draw or export a picture.
package struct PictureError: Error, CustomStringConvertible {
    package let description: String

    init(_ status: cairo_status_t) {
        description = unsafe "cannot draw: \(String(cString: cairo_status_to_string(status)))"
    }
}
