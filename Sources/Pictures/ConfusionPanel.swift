/// The confusion matrix: a row for each actual class and a column for each predicted class.
///
/// A cell is darker if it has a larger share of the table rows of its actual class.
struct ConfusionPanel {
    let classes: [String]
    /// `counts[actual][predicted]`.
    let counts: [[Int]]

    /// With more classes than this, names and numbers are left out, because they would be too small to read.
    private static let mostNames = 12
    private static let widestName = 160.0
    private static let gap = 14.0
    private static let line = 34.0

    private var hasNames: Bool { classes.count <= Self.mostNames }

    func draw(in frame: Frame, on canvas: Canvas) {
        var rest = frame
        let heading = rest.removeTop(44)
        canvas.text("actual ↓  predicted →", x: heading.x, y: heading.y + 26, size: TextSize.heading, .faint)
        if hasNames {
            let widest = classes.map { canvas.width(of: String($0.prefix(40)), size: TextSize.label) }.max()
            _ = rest.removeLeft(min(Self.widestName, widest ?? 0) + Self.gap)
            rest.height -= 2 * Self.line
        }
        let side = min(rest.width, rest.height) / Double(max(classes.count, 1))
        for (actual, row) in counts.enumerated() {
            let total = max(1, row.reduce(0, +))
            for (predicted, count) in row.enumerated() {
                let cell = Frame(
                    x: rest.x + Double(predicted) * side,
                    y: rest.y + Double(actual) * side,
                    width: side,
                    height: side
                )
                draw(count, of: total, isRight: actual == predicted, in: cell, on: canvas)
            }
        }
        guard hasNames else { return }
        nameRows(from: frame.x, to: rest.x - Self.gap, y: rest.y, side: side, on: canvas)
        nameColumns(x: rest.x, y: rest.y + Double(classes.count) * side, side: side, on: canvas)
    }

    private func draw(_ count: Int, of total: Int, isRight: Bool, in cell: Frame, on canvas: Canvas) {
        let share = Double(count) / Double(total)
        let colour = isRight ? Colour.right : .wrong
        let shade = count == 0 ? Colour.line.fading(to: 0.35) : colour.fading(to: 0.15 + 0.85 * share)
        canvas.fill(cell.inset(hasNames ? 2 : 0.5), shade)
        guard hasNames, count > 0 else { return }
        canvas.text(
            "\(count)",
            x: cell.x + cell.width / 2,
            y: cell.y + cell.height / 2 + cell.height * 0.1,
            size: min(38, cell.height * 0.32),
            share > 0.45 ? .paper : .ink,
            isBold: true,
            align: .centre,
            limit: cell.width - 6
        )
    }

    private func nameRows(from left: Double, to right: Double, y: Double, side: Double, on canvas: Canvas) {
        let size = min(side, canvas.size(fitting: classes, into: right - left, most: TextSize.label))
        for (index, name) in classes.enumerated() {
            let middle = y + (Double(index) + 0.5) * side
            canvas.text(name, x: right, y: middle + 8, size: size, align: .right, limit: right - left)
        }
    }

    /// Draws the names below the columns.
    ///
    /// If any name is wider than its column, the names alternate between two lines.
    private func nameColumns(x: Double, y: Double, side: Double, on canvas: Canvas) {
        let room = 2 * side - Self.gap
        let size = canvas.size(fitting: classes, into: room, most: TextSize.label)
        let needsTurns = classes.contains {
            canvas.width(of: String($0.prefix(40)), size: size) > side - Self.gap
        }
        for (index, name) in classes.enumerated() {
            let line = needsTurns && index % 2 == 1 ? 2.0 : 1
            canvas.text(
                name,
                x: x + (Double(index) + 0.5) * side,
                y: y + line * Self.line,
                size: size,
                align: .centre,
                limit: needsTurns ? room : side - Self.gap
            )
        }
    }
}
