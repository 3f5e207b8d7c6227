import Contract

/// A scatter plot of the actual values (x axis) and the predicted values (y axis).
///
/// Each point is an example, which is one of the held-out rows. An example with an infinite or missing value has none.
/// Points on the diagonal are exact predictions.
struct ScatterPanel {
    let examples: [TrainMetrics.Example]

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.removeTop(44)
        canvas.text("predicted ↑  actual →", x: heading.x, y: heading.y + 26, size: TextSize.heading, .faint)
        let numbers = examples.flatMap { [$0.truth, $0.predicted] }.filter(\.isFinite)
        let range = PlotRange(numbers)
        let side = min(rest.width, rest.height - 40)
        let plot = Frame(x: rest.x, y: rest.y, width: side, height: side)
        canvas.fill(plot, Colour.line.fading(to: 0.35))
        canvas.line([(plot.x, plot.bottom), (plot.right, plot.y)], .faint, isDashed: true)
        for example in examples where example.truth.isFinite && example.predicted.isFinite {
            canvas.dot(
                plot.x + range.position(of: example.truth) * side,
                plot.bottom - range.position(of: example.predicted) * side,
                radius: 6,
                .accent,
                opacity: 0.55
            )
        }
        canvas.text(
            PlotRange.label(for: range.low),
            x: plot.x,
            y: plot.bottom + 32,
            size: TextSize.label,
            .faint
        )
        canvas.text(
            PlotRange.label(for: range.high),
            x: plot.right,
            y: plot.bottom + 32,
            size: TextSize.label,
            .faint,
            align: .right
        )
    }
}
