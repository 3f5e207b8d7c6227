/// What was what, and what the model took it for: a row for each true class, darker where more rows are.
struct ConfusionPanel {
    let classes: [String]
    /// `counts[true][predicted]`.
    let counts: [[Int]]

    /// With more classes than this, numbers and names would be too small to read.
    private static let mostNames = 12

    func draw(in frame: Frame, on canvas: Canvas) {
        let hasNames = classes.count <= Self.mostNames
        var rest = frame
        let heading = rest.takeTop(44)
        canvas.text("true ↓  said →", x: heading.x, y: heading.y + 26, size: 25, .faint)
        let names = hasNames ? min(150, widest(on: canvas) + 14) : 0
        let side = min(rest.width - names, rest.height - (hasNames ? 36 : 0)) / Double(max(classes.count, 1))
        let origin = (x: rest.x + names, y: rest.y)
        for (truth, row) in counts.enumerated() {
            let total = max(1, row.reduce(0, +))
            for (said, count) in row.enumerated() {
                let cell = Frame(
                    x: origin.x + Double(said) * side,
                    y: origin.y + Double(truth) * side,
                    width: side,
                    height: side
                )
                draw(count, of: total, isRight: truth == said, in: cell, on: canvas, hasNumber: hasNames)
            }
        }
        guard hasNames else { return }
        for (index, name) in classes.enumerated() {
            let middle = (Double(index) + 0.5) * side
            canvas.text(
                name,
                x: origin.x - 12,
                y: origin.y + middle + 8,
                size: 23,
                align: .right,
                limit: names - 12
            )
            canvas.text(
                name,
                x: origin.x + middle,
                y: origin.y + Double(classes.count) * side + 30,
                size: 23,
                align: .centre,
                limit: side - 8
            )
        }
    }

    private func draw(
        _ count: Int,
        of total: Int,
        isRight: Bool,
        in cell: Frame,
        on canvas: Canvas,
        hasNumber: Bool
    ) {
        let share = Double(count) / Double(total)
        let colour = isRight ? Colour.right : .wrong
        let shade = count == 0 ? Colour.line.fading(to: 0.35) : colour.fading(to: 0.15 + 0.85 * share)
        canvas.fill(cell.inset(hasNumber ? 2 : 0.5), shade)
        guard hasNumber, count > 0 else { return }
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

    private func widest(on canvas: Canvas) -> Double {
        classes.map { canvas.width(of: String($0.prefix(40)), size: 23) }.max() ?? 0
    }
}
