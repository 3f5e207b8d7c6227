import Contract
import Testing

@testable import Commands

@Suite("The table of metrics")
struct MetricsTextTests {
    /// The metrics of a classification as an earlier version, which had no regression, stored them.
    private static let stored = """
        {"accuracy":0.95,"baselineAccuracy":0.5,"classes":["setosa","virginica"],"confusion":[[10,0],[1,9]],\
        "importance":[{"feature":"petal_length","share":0.6}],"macroF1":0.949,"outOfBagScore":0.96,\
        "target":"species","testRows":20,"trainRows":80}
        """

    @Test("metrics that an earlier version stored are shown")
    func stored() throws {
        let metrics = try Wire.decode(TrainMetrics.self, from: Self.stored.utf8)
        #expect(MetricsText.headline(metrics) == ("accuracy", "95.0 %"))
        #expect(
            MetricsText.table(metrics) == """
                accuracy            95.0 %
                macro F1            94.9 %
                out-of-bag accuracy 96.0 %
                baseline accuracy   50.0 %
                  always the most frequent class
                training rows       80
                held-out rows       20
                target
                  species, 2 classes
                top feature
                  petal_length (60.0 %)
                """
        )
    }

    private func metrics(testRows: Int, _ regression: TrainMetrics.Regression?) -> TrainMetrics {
        TrainMetrics(
            target: "price",
            classes: [],
            trainRows: 80,
            testRows: testRows,
            regression: regression,
            outOfBagScore: 0.8,
            importance: []
        )
    }

    @Test("a regression has other metrics")
    func regression() {
        let scores = TrainMetrics.Regression(rmse: 12.34567, baselineRMSE: 30, mae: 8, r2: 0.83)
        let metrics = metrics(testRows: 20, scores)
        #expect(MetricsText.headline(metrics) == ("R²", "0.83"))
        #expect(
            MetricsText.table(metrics) == """
                R²                  0.83
                RMSE                12.35
                mean absolute error 8
                out-of-bag R²       0.8
                baseline RMSE       30
                  always predicting the mean
                training rows       80
                held-out rows       20
                target
                  price, a number
                """
        )
    }

    @Test("large numbers have commas, small ones have four digits, and no line is wider than 34 columns")
    func sizes() {
        let scores = TrainMetrics.Regression(
            rmse: 229_912.4,
            baselineRMSE: 1_557_940,
            mae: 0.00123456,
            r2: 0.5
        )
        var metrics = metrics(testRows: 4_000, scores)
        metrics.trainRows = 16_000
        #expect(MetricsText.subtitle(metrics) == "RMSE 229,912, baseline 1,557,940 · price")
        let table = MetricsText.table(metrics)
        #expect(table.contains("mean absolute error 0.001235"))
        #expect(table.contains("training rows       16,000\nheld-out rows       4,000"))
        #expect(table.split(separator: "\n").allSatisfy { $0.count <= 34 })
    }

    @Test("without held-out rows, the headline is the out-of-bag score")
    func everything() {
        #expect(MetricsText.headline(metrics(testRows: 0, nil)) == ("out-of-bag R²", "0.8"))
    }
}
