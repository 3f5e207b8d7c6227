import Tables
import Testing

@testable import Trainer

@Suite("Linear models with weights of rows")
struct LinearWeightTests {
    @Test("a row of weight 3 counts as three rows", arguments: [2, 3, nil])
    func repeats(_ classes: Int?) throws {
        let data = Dataset.make(rows: 300, classes: classes, missing: 0.1)
        let weighted = try fit(data.weighted { Float($0 % 4) })
        let repeated = try fit(data.repeating { $0 % 4 })
        #expect(zip(weighted.design.means, repeated.design.means).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(zip(weighted.design.scales, repeated.design.scales).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(zip(weighted.weights, repeated.weights).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(zip(weighted.bias, repeated.bias).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("equal weights only change the strength of the regularisation", arguments: [2, 3, nil])
    func equal(_ classes: Int?) throws {
        let data = Dataset.make(rows: 300, classes: classes)
        #expect(try fit(data.weighted { _ in 4 }, l2: 1) == fit(data, l2: 0.25))
    }

    @Test(
        "the gradient agrees with finite differences, its changes with the curvature",
        arguments: [2, 3, nil]
    )
    func gradient(_ classes: Int?) {
        let data = Dataset.make(rows: 200, classes: classes)
        let rows = Array(0..<200)
        let weights = rows.map { Float($0 % 5) / 2 }
        let design = LinearDesign(data.features, rows: rows, weights: weights)
        let problem = LinearProblem(data, rows: rows, weights: weights, design, l2: 0.5, threads: 1)
        let start = (0..<problem.dimension).map { Double($0 % 5) / 10 - 0.2 }
        let point = problem.point(start)
        for index in start.indices {
            var (less, more, direction) = (start, start, start.map { _ in 0.0 })
            less[index] -= 1e-5
            more[index] += 1e-5
            direction[index] = 1
            let (below, above) = (problem.point(less), problem.point(more))
            let slope = (above.loss - below.loss) / 2e-5
            #expect(abs(slope - point.gradient[index]) < 1e-4 * max(1, abs(slope)))
            let curvature = problem.curvature(at: point, along: direction)
            for other in start.indices {
                let change = (above.gradient[other] - below.gradient[other]) / 2e-5
                #expect(abs(change - curvature[other]) < 1e-4 * max(1, abs(change)))
            }
        }
    }

    private func fit(_ data: Dataset, l2: Double = 1) throws -> LinearModel {
        var parameters = LinearParameters()
        parameters.l2 = l2
        let fitted = try LinearLearner(parameters: parameters, threads: 2)
            .fit(data, rows: Array(0..<data.rows), TrainingObserver())
        guard case .linear(let model) = fitted.body else { preconditionFailure("not a linear model") }
        return model
    }
}
