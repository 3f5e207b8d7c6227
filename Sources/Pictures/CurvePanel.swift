import Contract
import Foundation

/// The learning curve: the forest's out-of-bag score by its number of trees.
struct CurvePanel {
    let points: [TrainMetrics.CurvePoint]
    /// Whether the scores are accuracies; otherwise they are R².
    let isShare: Bool

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.removeTop(44)
        canvas.text(
            "out-of-bag score by trees",
            x: heading.x,
            y: heading.y + 26,
            size: TextSize.heading,
            .faint
        )
        let range = PlotRange(points.map(\.score), margin: 0.12)
        let trees = Double(max(points.last?.trees ?? 1, 1))
        var plot = rest
        plot.height -= 40
        canvas.fill(plot, Colour.line.fading(to: 0.35))
        let path = points.map { point in
            (
                x: plot.x + Double(point.trees) / trees * (plot.width - 12),
                y: plot.bottom - range.position(of: point.score) * plot.height
            )
        }
        canvas.line(path, .accent, width: 5)
        guard let last = points.last, let end = path.last else { return }
        canvas.dot(end.x, end.y, radius: 9, .accent)
        canvas.text(
            label(for: last.score),
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

    private func label(for score: Double) -> String {
        isShare ? String(format: "%.1f %%", score * 100) : String(format: "R² %.3g", score)
    }
}
