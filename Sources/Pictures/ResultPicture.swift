package import Contract

/// A picture of a model's quality and its most important features, for the screen of a phone.
package struct ResultPicture {
    /// The width in pixels.
    package static let width = 1_080
    /// The heights in pixels: `tall` with a learning curve, `short` without a learning curve.
    private static let heights = (tall: 1_080, short: 790)

    private static let margin = 48.0
    private static let gap = 44.0

    private let request: PictureRequest

    package init(_ request: PictureRequest) {
        self.request = request
    }

    /// Draws the picture as a PNG file.
    ///
    /// - Throws: ``PictureError``.
    package func png() throws(PictureError) -> [UInt8] {
        let metrics = request.metrics
        let curve = metrics.curve ?? []
        let hasCurve = curve.count > 2
        let height = hasCurve ? Self.heights.tall : Self.heights.short
        let canvas = Canvas(width: Self.width, height: height)
        var rest = Frame(x: 0, y: 0, width: Double(Self.width), height: Double(height)).inset(Self.margin)
        title(in: rest.removeTop(120), on: canvas)
        var upper = rest.removeTop(hasCurve ? rest.height - 290 : rest.height)
        let left = upper.removeLeft((upper.width - Self.gap) * 0.52)
        _ = upper.removeLeft(Self.gap)
        if let examples = metrics.examples, !examples.isEmpty {
            ScatterPanel(examples: examples).draw(in: left, on: canvas)
        } else if !metrics.confusion.isEmpty {
            ConfusionPanel(classes: metrics.classes, counts: metrics.confusion).draw(in: left, on: canvas)
        }
        ImportancePanel(importance: metrics.importance).draw(in: upper, on: canvas)
        guard hasCurve else { return try canvas.png() }
        _ = rest.removeTop(30)
        CurvePanel(points: curve, isShare: !metrics.classes.isEmpty).draw(in: rest, on: canvas)
        return try canvas.png()
    }

    private func title(in frame: Frame, on canvas: Canvas) {
        canvas.text(
            request.title,
            x: frame.x,
            y: frame.y + 44,
            size: TextSize.title,
            isBold: true,
            limit: frame.width
        )
        let size = canvas.size(fitting: [request.subtitle], into: frame.width, most: TextSize.subtitle)
        canvas.text(request.subtitle, x: frame.x, y: frame.y + 88, size: size, .faint, limit: frame.width)
    }
}
