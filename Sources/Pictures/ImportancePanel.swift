import Contract
import Foundation

/// A bar for each of the most important features.
struct ImportancePanel {
    let importance: [TrainMetrics.Importance]

    private static let most = 8

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.removeTop(44)
        canvas.text("top features", x: heading.x, y: heading.y + 26, size: TextSize.heading, .faint)
        let shown = importance.prefix(Self.most)
        let greatest = max(shown.first?.share ?? 1, .leastNormalMagnitude)
        let height = min(78, rest.height / Double(Self.most))
        for feature in shown {
            let row = rest.removeTop(height)
            let percent = String(format: "%.0f %%", feature.share * 100)
            let number = canvas.width(of: percent, size: TextSize.label)
            canvas.text(
                feature.feature,
                x: row.x,
                y: row.y + 28,
                size: TextSize.label,
                limit: row.width - number - 16
            )
            canvas.text(percent, x: row.right, y: row.y + 28, size: TextSize.label, .faint, align: .right)
            let track = Frame(x: row.x, y: row.y + 38, width: row.width, height: 14)
            canvas.fill(track, Colour.line.fading(to: 0.5))
            var bar = track
            bar.width *= feature.share / greatest
            canvas.fill(bar, .accent)
        }
        let others = importance.count - shown.count
        guard others > 0, rest.height > 30 else { return }
        canvas.text("and \(others) more", x: rest.x, y: rest.y + 28, size: TextSize.label, .faint)
    }
}
