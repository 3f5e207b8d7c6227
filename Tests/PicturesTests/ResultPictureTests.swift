import CCairo
import Contract
import Foundation
import Pictures
import Testing

@Suite("Pictures of results")
struct ResultPictureTests {
    private static let importance = [
        ("petal_length", 0.475), ("petal_width", 0.401), ("sepal_length", 0.124),
    ]
    private static let curve = (1...20).map {
        TrainMetrics.CurvePoint(trees: 5 * $0, score: 1 - 0.2 / Double($0))
    }

    /// Three classes; the model confuses two of them.
    private static var classes: TrainMetrics {
        var metrics = TrainMetrics(
            target: "species",
            classes: ["setosa", "versicolor", "virginica"],
            trainRows: 120,
            testRows: 30,
            accuracy: 28.0 / 30,
            baselineAccuracy: 1.0 / 3,
            outOfBagScore: 0.94,
            confusion: [[10, 0, 0], [0, 9, 1], [0, 1, 9]],
            importance: importance.map { .init(feature: $0.0, share: $0.1) }
        )
        metrics.curve = curve
        return metrics
    }

    private static var values: TrainMetrics {
        var metrics = TrainMetrics(
            target: "price",
            classes: [],
            trainRows: 800,
            testRows: 100,
            outOfBagScore: 0.8,
            importance: (0..<20).map { .init(feature: "feature number \($0)", share: 1 / Double($0 + 2)) }
        )
        metrics.examples = (0..<100).map {
            TrainMetrics.Example(truth: Double($0), predicted: Double($0) + 9 * sin(Double($0)))
        }
        return metrics
    }

    private func picture(_ metrics: TrainMetrics, title: String = "Run 7 · accuracy 93.3 %") throws -> Bitmap
    {
        let request = PictureRequest(title: title, subtitle: "baseline 33.3 % · species", metrics: metrics)
        return try Bitmap(png: try ResultPicture(request).png())
    }

    @Test("a picture matches its reviewed snapshot", arguments: ["classes", "values"])
    func snapshot(_ name: String) throws {
        let drawn = try picture(name == "classes" ? Self.classes : Self.values)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name).png")
        if ProcessInfo.processInfo.environment["OKAI_NEW_SNAPSHOTS"] != nil {
            try Data(drawn.png).write(to: file)
        }
        let known = try Bitmap(png: Array(Data(contentsOf: file)))
        #expect((drawn.width, drawn.height) == (known.width, known.height))
        // Versions of the font renderer differ in the edges of letters.
        #expect(drawn.difference(from: known) < 0.005)
    }

    @Test("pictures of different results differ by more than the tolerance of the snapshot test")
    func contrast() throws {
        var other = Self.classes
        other.confusion = [[0, 10, 0], [9, 0, 1], [0, 1, 9]]
        let difference = try picture(other).difference(from: try picture(Self.classes))
        #expect(difference > 0.015, "\(difference)")
    }

    @Test("names can be empty, very long, or contain control characters and any script")
    func names() throws {
        var metrics = Self.classes
        metrics.classes = [String(repeating: "w", count: 100_000), "\u{0}\u{1}\n\u{202E}", "类别 🌵"]
        metrics.importance = [.init(feature: "", share: .nan), .init(feature: "\u{7}", share: 0)]
        metrics.curve = [.init(trees: 0, score: .nan), .init(trees: 0, score: 0), .init(trees: 0, score: 0)]
        let drawn = try picture(metrics, title: String(repeating: "long ", count: 10_000))
        #expect((drawn.width, drawn.height) == (1_080, 1_080))
    }

    @Test("a picture is drawn for any number of classes", arguments: [0, 1, 12, 13, 1_000])
    func classCount(_ count: Int) throws {
        var metrics = Self.classes
        metrics.classes = (0..<count).map { "class \($0)" }
        metrics.confusion = (0..<count).map { row in (0..<count).map { $0 == row ? 3 : 0 } }
        metrics.curve = nil
        #expect(try picture(metrics).height == 790)
    }
}
