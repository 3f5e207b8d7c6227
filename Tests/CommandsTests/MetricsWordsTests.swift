import Contract
import Testing

@testable import Commands

@Suite("Metrics in words")
struct MetricsWordsTests {
    /// As a bot stored it before numbers could be learnt.
    private static let stored = """
        {"accuracy":0.95,"baselineAccuracy":0.5,"classes":["setosa","virginica"],"confusion":[[10,0],[1,9]],\
        "importance":[{"feature":"petal_length","share":0.6}],"macroF1":0.949,"outOfBagScore":0.96,\
        "target":"species","testRows":20,"trainRows":80}
        """

    @Test("what is stored already is still understood")
    func stored() throws {
        let metrics = try Wire.decode(TrainMetrics.self, from: Self.stored.utf8)
        #expect(MetricsText.headline(metrics) == ("accuracy", "95.0 %"))
        #expect(
            MetricsText.table(metrics) == """
                accuracy   95.0 %
                macro F1   94.9 %
                out of bag 96.0 %
                baseline   50.0 %
                rows       80 to learn, 20 to test
                target     species, 2 classes
                looks at   petal_length (60.0 %)
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

    @Test("a model that says numbers has other figures")
    func regression() {
        let scores = TrainMetrics.Regression(rmse: 12.34567, baselineRMSE: 30, mae: 8, r2: 0.83)
        let metrics = metrics(testRows: 20, scores)
        #expect(MetricsText.headline(metrics) == ("R²", "0.83"))
        #expect(
            MetricsText.table(metrics) == """
                R²         0.83
                RMSE       12.35
                mean error 8
                out of bag 0.8
                baseline   RMSE 30
                rows       80 to learn, 20 to test
                target     price, a number
                """
        )
    }

    @Test("large figures stand in threes, and small ones keep four digits")
    func sizes() {
        let scores = TrainMetrics.Regression(
            rmse: 229_912.4,
            baselineRMSE: 1_557_940,
            mae: 0.00123456,
            r2: 0.5
        )
        var metrics = metrics(testRows: 4_000, scores)
        metrics.trainRows = 16_000
        #expect(MetricsText.subtitle(metrics) == "RMSE 229,912, the mean's 1,557,940 · price")
        let table = MetricsText.table(metrics)
        #expect(table.contains("mean error 0.001235"))
        #expect(table.contains("rows       16,000 to learn, 4,000 to test"))
    }

    @Test("where every row was learnt from, the rows out of bag tell")
    func everything() {
        #expect(MetricsText.headline(metrics(testRows: 0, nil)) == ("R² out of bag", "0.8"))
    }
}
