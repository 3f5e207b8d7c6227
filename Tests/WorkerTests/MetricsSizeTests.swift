import Contract
import Testing
import Worker

@Suite("The size of metrics")
struct MetricsSizeTests {
    private func metrics(classes: Int, features: Int) -> TrainMetrics {
        TrainMetrics(
            target: "y",
            classes: (0..<classes).map { "class \($0)" },
            trainRows: 8,
            testRows: 2,
            accuracy: 0.5,
            macroF1: 0.5,
            baselineAccuracy: 0.5,
            outOfBagScore: nil,
            confusion: Array(repeating: Array(repeating: 1, count: classes), count: classes),
            importance: (0..<features).map { .init(feature: "feature \($0)", share: 1 / Double(features)) }
        )
    }

    @Test("metrics that fit stay as they are")
    func small() throws {
        let metrics = metrics(classes: 3, features: 4)
        #expect(try metrics.fitting(10_000) == metrics)
    }

    @Test("many features are cut to the most important ones")
    func manyFeatures() throws {
        let metrics = try metrics(classes: 3, features: 5000).fitting(10_000)
        #expect(metrics.importance.count == TrainMetrics.mostImportant)
        #expect(metrics.importance.first?.feature == "feature 0")
        #expect(metrics.confusion.count == 3)
    }

    @Test("a confusion matrix that is too large is left to the receipt")
    func manyClasses() throws {
        let metrics = try metrics(classes: 200, features: 4).fitting(10_000)
        #expect(metrics.confusion == [])
        #expect(metrics.classes.count == 200)
        #expect(try Wire.encode(metrics).count <= 10_000)
    }
}
