import Contract
import Testing
import Worker

@Suite("Trimming metrics")
struct TrimmingTests {
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

    @Test("metrics within the limit do not change")
    func small() throws {
        let metrics = metrics(classes: 3, features: 4)
        #expect(try metrics.trimmed(toBytes: 10_000) == metrics)
    }

    @Test("of many features only the most important remain")
    func manyFeatures() throws {
        let metrics = try metrics(classes: 3, features: 5000).trimmed(toBytes: 10_000)
        #expect(metrics.importance.count == TrainMetrics.maxTrimmedFeatures)
        #expect(metrics.importance.first?.feature == "feature 0")
        #expect(metrics.confusion.count == 3)
    }

    @Test("a confusion matrix that is too large is removed")
    func manyClasses() throws {
        let metrics = try metrics(classes: 200, features: 4).trimmed(toBytes: 10_000)
        #expect(metrics.confusion == [])
        #expect(metrics.classes.count == 200)
        #expect(try Wire.encode(metrics).count <= 10_000)
    }
}
