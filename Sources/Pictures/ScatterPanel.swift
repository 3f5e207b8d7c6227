import Contract

/// What the model said of rows, against what was true: on the diagonal it was right.
struct ScatterPanel {
    let examples: [TrainMetrics.Example]

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.takeTop(44)
        canvas.text("said ↑  true →", x: heading.x, y: heading.y + 26, size: TextSize.heading, .faint)
        let numbers = examples.flatMap { [$0.truth, $0.predicted] }.filter(\.isFinite)
        let range = PlotRange(numbers)
        let side = min(rest.width, rest.height - 40)
        let plot = Frame(x: rest.x, y: rest.y, width: side, height: side)
        canvas.fill(plot, Colour.line.fading(to: 0.35))
        canvas.line([(plot.x, plot.bottom), (plot.right, plot.y)], .faint, isDashed: true)
        for example in examples where example.truth.isFinite && example.predicted.isFinite {
            canvas.dot(
                plot.x + range.share(example.truth) * side,
                plot.bottom - range.share(example.predicted) * side,
                radius: 6,
                .accent,
                opacity: 0.55
            )
        }
        canvas.text(PlotRange.word(range.low), x: plot.x, y: plot.bottom + 32, size: TextSize.label, .faint)
        canvas.text(
            PlotRange.word(range.high),
            x: plot.right,
            y: plot.bottom + 32,
            size: TextSize.label,
            .faint,
            align: .right
        )
    }
}
