import Tables
import Testing

@testable import Trainer

@Suite("Linear models")
struct LinearTests {
    @Test("ridge regression finds the weights that generated the data")
    func ridge() throws {
        let data = Self.line { Double($0[0]) * 3 - Double($0[1]) * 2 + 7 }
        var parameters = LinearParameters()
        parameters.l2 = 1e-9
        guard case .values(let values) = try predict(data, parameters),
            case .regression(let truth) = data.target
        else {
            Issue.record("the regression did not predict values")
            return
        }
        for (value, truth) in zip(values, truth) { #expect(abs(Double(value) - truth) < 1e-4) }
    }

    @Test("at the minimum, a change of any weight increases the loss", arguments: [2, 3, nil])
    func minimum(_ classes: Int?) throws {
        let data = Dataset.make(rows: 300, classes: classes, missing: 0.1)
        let rows = Array(0..<300)
        let design = LinearDesign(data.features, rows: rows)
        let problem = LinearProblem(data, rows: rows, design, l2: 1, threads: 2)
        let weights = try #require(NewtonMethod(problem: problem).minimum(TrainingObserver()))
        let least = problem.point(weights).loss
        for index in weights.indices {
            for step in [-1e-3, 1e-3] {
                var moved = weights
                moved[index] += step
                #expect(problem.point(moved).loss > least)
            }
        }
    }

    @Test("the gradient agrees with finite differences", arguments: [2, 3, nil])
    func gradient(_ classes: Int?) {
        let data = Dataset.make(rows: 200, classes: classes)
        let design = LinearDesign(data.features, rows: Array(0..<200))
        let problem = LinearProblem(data, rows: Array(0..<200), design, l2: 0.5, threads: 1)
        let weights = (0..<problem.dimension).map { Double($0 % 5) / 10 - 0.2 }
        let point = problem.point(weights)
        for index in weights.indices {
            var (less, more) = (weights, weights)
            less[index] -= 1e-5
            more[index] += 1e-5
            let slope = (problem.point(more).loss - problem.point(less).loss) / 2e-5
            #expect(abs(slope - point.gradient[index]) < 1e-4 * max(1, abs(slope)))
        }
    }

    @Test("the weights do not depend on the number of threads")
    func threads() throws {
        let data = Dataset.make(rows: 5_000, classes: 3, missing: 0.1)
        let one = try LinearLearner(parameters: .init(), threads: 1).fit(
            data,
            rows: Array(0..<5_000),
            .init()
        )
        let two = try LinearLearner(parameters: .init(), threads: 3).fit(
            data,
            rows: Array(0..<5_000),
            .init()
        )
        #expect(one.body == two.body)
    }

    @Test("a category becomes indicator columns; a missing one is 0 in all, a missing number is the mean")
    func design() {
        let features = [
            Feature(name: "a", kind: .numeric, values: [1, 3, .nan]),
            Feature(name: "b", kind: .categorical(labels: ["x", "y"]), values: [1, .nan, 0]),
        ]
        let design = LinearDesign(features, rows: [0, 1, 2])
        let columns = (0..<3).map { row in
            var columns = [Double](repeating: -1, count: design.width)
            unsafe columns.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                unsafe design.fill(base) { features[$0].values[row] }
            }
            return columns
        }
        #expect(columns == [[-1, 0, 1], [1, 0, 0], [0, 1, 0]])
    }

    private func predict(_ data: Dataset, _ parameters: LinearParameters) throws -> Predictions {
        let fitted = try LinearLearner(parameters: parameters, threads: 2)
            .fit(data, rows: Array(0..<data.rows), TrainingObserver())
        let model = Model(data, fitted, LearningParameters(), datasetSHA256: nil)
        return model.predict(data.features.map(\.values), threads: 2)
    }

    private static func line(_ value: ([Float]) -> Double) -> Dataset {
        let source = Dataset.make(rows: 200)
        let values = (0..<200).map { row in value(source.features.map { $0.values[row] }) }
        return Dataset(
            targetName: "y",
            features: source.features,
            target: .regression(values: values),
            rows: 200
        )
    }
}
