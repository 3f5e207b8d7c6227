import Contract
import Foundation

/// The picture of a result in a few lines of text: a confusion matrix or a plot, and bars of importance.
struct ResultSketch {
    private static let mostFeatures = 8
    private static let mostConfusions = 5
    private static let nameWidth = 24
    private static let barWidth = 24
    private static let plotHeight = 9

    let metrics: TrainMetrics
    /// The width of the terminal in columns.
    let width: Int

    /// The lines; empty if there is nothing to draw.
    var lines: [String] {
        [predictions, importance, curve].filter { !$0.isEmpty }.map { $0 + [""] }.joined().dropLast()
    }

    private var predictions: [String] {
        if let examples = metrics.examples, !examples.isEmpty { return plot(examples) }
        return metrics.confusion.isEmpty ? [] : matrix ?? confusions
    }

    // MARK: - Classes

    /// A row for each actual class and a column for each predicted class; nil if that is too wide.
    private var matrix: [String]? {
        let (names, counts) = (metrics.classes, metrics.confusion)
        let heading = "actual ↓  predicted →"
        let first = max(heading.columns, min(Self.nameWidth, names.map(\.columns).max() ?? 0))
        let digits = counts.joined().map { "\($0)".count }.max() ?? 1
        let room = names.isEmpty ? 0 : (width - first) / names.count - 2
        guard room >= max(digits, 3), counts.count == names.count else { return nil }
        let cell = min(room, max(digits, names.map(\.columns).max() ?? 0))
        let head = heading.fitted(to: first) + names.map { "  " + right($0, cell) }.joined()
        return [head]
            + zip(names, counts).map { name, row in
                name.fitted(to: first) + row.map { "  " + right($0 == 0 ? "·" : "\($0)", cell) }.joined()
            }
    }

    /// The classes that are mistaken for each other most often.
    private var confusions: [String] {
        let names = metrics.classes
        let mistakes = metrics.confusion.enumerated().flatMap { actual, row in
            row.enumerated().filter { $0.offset != actual && $0.element > 0 }
                .map { (actual: actual, predicted: $0.offset, count: $0.element) }
        }
        guard !mistakes.isEmpty else { return [] }
        let worst = mistakes.sorted { $0.count > $1.count }.prefix(Self.mostConfusions)
        let name = max(3, min(Self.nameWidth, (width - 20) / 2))
        return ["most frequent mistakes (actual → predicted)"]
            + worst.filter { names.indices.contains($0.actual) && names.indices.contains($0.predicted) }.map {
                "  \(names[$0.actual].fitted(to: name)) → \(names[$0.predicted].fitted(to: name))  \($0.count)"
            }
    }

    private func right(_ text: String, _ width: Int) -> String {
        let fitted = text.columns > width ? text.fitted(to: width) : text
        return String(repeating: " ", count: max(0, width - fitted.columns)) + fitted
    }

    // MARK: - Numbers

    /// Actual values from left to right, and predicted values from bottom to top; `·` is the diagonal.
    private func plot(_ examples: [TrainMetrics.Example]) -> [String] {
        let points = examples.filter { $0.truth.isFinite && $0.predicted.isFinite }
        let values = points.flatMap { [$0.truth, $0.predicted] }
        guard let low = values.min(), let high = values.max(), high > low, (high - low).isFinite else {
            return []
        }
        let (columns, rows) = (max(10, min(48, width - 4)), Self.plotHeight)
        var counts = [[Int]](repeating: [Int](repeating: 0, count: columns), count: rows)
        for point in points {
            let x = Int((point.truth - low) / (high - low) * Double(columns - 1))
            let y = Int((point.predicted - low) / (high - low) * Double(rows - 1))
            counts[rows - 1 - y][x] += 1
        }
        let body = counts.enumerated().map { row, cells in
            "  │"
                + cells.enumerated().map { column, count in
                    let isDiagonal = (rows - 1 - row) == column * (rows - 1) / (columns - 1)
                    return count > 3 ? "●" : count > 0 ? "•" : isDiagonal ? "·" : " "
                }.joined()
        }
        let (left, end) = (String(format: "%.4g", low), String(format: "%.4g", high))
        let gap = String(repeating: " ", count: max(1, columns - left.count - end.count))
        return ["predicted ↑  actual →"] + body
            + ["  └" + String(repeating: "─", count: columns), "   \(left)\(gap)\(end)"]
    }

    // MARK: - Features and trees

    private var importance: [String] {
        let shown = metrics.importance.prefix(Self.mostFeatures).filter { $0.share > 0 }
        guard let greatest = shown.first?.share else { return [] }
        let name = max(3, min(Self.nameWidth, width / 3, shown.map(\.feature.columns).max() ?? 0))
        let bar = max(1, min(Self.barWidth, width - name - 10))
        let others = metrics.importance.count - shown.count
        return ["top features"]
            + shown.map { feature in
                let length = max(1, Int((feature.share / greatest * Double(bar)).rounded()))
                return "  \(feature.feature.fitted(to: name)) "
                    + String(repeating: "▇", count: length).fitted(to: bar)
                    + String(format: " %3.0f %%", feature.share * 100)
            } + (others > 0 ? ["  and \(others) more"] : [])
    }

    /// The score by the number of trees, as one row of bars.
    private var curve: [String] {
        let points = (metrics.curve ?? []).filter { $0.score.isFinite }
        let scores = points.map(\.score)
        guard points.count > 2, let low = scores.min(), let high = scores.max(), let last = points.last,
            let first = points.first
        else { return [] }
        let bars = Array("▁▂▃▄▅▆▇█")
        let most = max(1, min(points.count, width - 4))
        let line = (0..<most).map { index in
            let score = scores[index * (points.count - 1) / max(1, most - 1)]
            return bars[high > low ? Int((score - low) / (high - low) * 7) : 7]
        }
        return ["out-of-bag score, \(first.trees) to \(last.trees) trees", "  " + String(line)]
    }
}
