import Contract
import Foundation

/// How good the forest was while it grew, on rows that its trees never saw.
struct CurvePanel {
    let points: [TrainMetrics.CurvePoint]
    /// Whether scores are shares, and not R².
    let isShare: Bool

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.takeTop(44)
        canvas.text("out of bag, by trees", x: heading.x, y: heading.y + 26, size: TextSize.heading, .faint)
        let range = PlotRange(points.map(\.score), room: 0.12)
        let trees = Double(max(points.last?.trees ?? 1, 1))
        var plot = rest
        plot.height -= 40
        canvas.fill(plot, Colour.line.fading(to: 0.35))
        let path = points.map { point in
            (
                x: plot.x + Double(point.trees) / trees * (plot.width - 12),
                y: plot.bottom - range.share(point.score) * plot.height
            )
        }
        canvas.line(path, .accent, width: 5)
        guard let last = points.last, let end = path.last else { return }
        canvas.dot(end.x, end.y, radius: 9, .accent)
        canvas.text(
            word(last.score),
            x: frame.right,
            y: heading.y + 26,
            size: TextSize.heading,
            isBold: true,
            align: .right
        )
        canvas.text("\(points[0].trees)", x: path[0].x, y: plot.bottom + 32, size: TextSize.label, .faint)
        canvas.text(
            "\(last.trees) trees",
            x: plot.right,
            y: plot.bottom + 32,
            size: TextSize.label,
            .faint,
            align: .right
        )
    }

    private func word(_ score: Double) -> String {
        isShare ? String(format: "%.1f %%", score * 100) : String(format: "R² %.3g", score)
    }
}
