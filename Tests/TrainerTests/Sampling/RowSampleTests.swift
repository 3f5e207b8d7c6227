import Tables
import Testing

@testable import Trainer

/// The tables have rows of two sources in turns, as tables that were merged may have.
@Suite("Samples of rows")
struct RowSampleTests {
    @Test("are ascending, have all rows of a small table, and are spread evenly over a large one")
    func shape() {
        #expect(RowSample.rows(10, of: 7) == Array(0..<7))
        let rows = RowSample.rows(1_000, of: 123_456)
        #expect(rows.count == 1_000)
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 })
        #expect(rows.enumerated().allSatisfy { abs($1 - $0 * 123_456 / 1_000) <= 124 })
        #expect(rows == RowSample.rows(1_000, of: 123_456))
    }

    @Test("contain all sources equally if rows of several sources are in turns", arguments: 2...9)
    func turns(_ sources: Int) {
        var counts = [Int](repeating: 0, count: sources)
        for row in RowSample.rows(1_000, of: 1_000 * sources) { counts[row % sources] += 1 }
        #expect(counts.allSatisfy { abs($0 - 1_000 / sources) < 500 / sources })
    }

    @Test("give bins to the values of both sources")
    func bins() {
        var generator = SplitMix64(1)
        let values = (0..<200_000).map { Float(generator.unit()) + Float($0 % 2) * 10 }
        let bins = BinEdges(of: values).bins(of: values)
        let (low, high) = (Set(bins.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)), Set(bins))
        #expect(low.count > 120)
        #expect(high.subtracting(low).count > 120)
    }

    @Test("test a forest on rows of both sources")
    func outOfBag() {
        let odd = OutOfBagMask.sample(of: 1 << 16).count { $0 % 2 == 1 }
        #expect((15_000...17_768).contains(odd))
    }

    @Test("train a linear model with a row limit on both classes")
    func linear() throws {
        let rows = 400
        let data = Dataset(
            targetName: "y",
            features: [Feature(name: "x", kind: .numeric, values: (0..<rows).map { Float($0 % 2) })],
            target: .classification(classes: ["a", "b"], labels: (0..<rows).map { UInt16($0 % 2) }),
            rows: rows
        )
        var parameters = LinearParameters()
        parameters.maxRows = rows / 2
        let fitted = try LinearLearner(parameters: parameters, threads: 1)
            .fit(data, rows: Array(0..<rows), TrainingObserver())
        let model = Model(data, fitted, LearningParameters(), datasetSHA256: nil)
        guard case .classes(let labels, _) = model.predict(data.features.map(\.values), threads: 1) else {
            Issue.record("the classifier did not predict classes")
            return
        }
        #expect(labels == data.labels)
    }
}
