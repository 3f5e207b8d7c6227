import Tables
import Testing

@testable import Trainer

@Suite("Out-of-bag score of a growing forest")
struct OutOfBagMonitorTests {
    private let rows = Array(0..<300)

    private func shard(_ data: Dataset) throws -> (ForestShard, FitResult) {
        var parameters = ForestParameters()
        parameters.trees = 12
        let learner = ForestLearner(parameters: parameters, seed: 2, threads: 2)
        let shard = try learner.grow(0..<12, data, rows: rows, TrainingObserver())
        return (shard, try learner.join([shard], data, rows: rows))
    }

    @Test("computed after every tree, it follows the learning curve and ends at the forest's score")
    func classes() throws {
        let data = Dataset.make(rows: 300, classes: 3, missing: 0.1)
        let (shard, fitted) = try shard(data)
        guard case .votes(let trees) = shard.grown else { preconditionFailure("not a classification") }
        let monitor = OutOfBagMonitor(every: .zero) { [rows] in
            OutOfBagAccuracy(OutOfBagRows(data, rows: rows, threads: 1), labels: data.labels, classes: 3)
        }
        let found = trees.map { monitor.add($0) }
        #expect(found == fitted.outOfBag.points.map { .outOfBagAccuracy($0.score) })
        #expect(found.last == .outOfBagAccuracy(try #require(fitted.outOfBagScore)))
    }

    @Test("computed after every tree of a regression, it follows the learning curve")
    func values() throws {
        let data = Dataset.make(rows: 300)
        let (shard, fitted) = try shard(data)
        guard case .values(let trees) = shard.grown, case .regression(let truth) = data.target else {
            preconditionFailure("not a regression")
        }
        let monitor = OutOfBagMonitor(every: .zero) { [rows] in
            OutOfBagR2(OutOfBagRows(data, rows: rows, threads: 1), truth: truth)
        }
        let found = trees.map { monitor.add($0) }
        #expect(found == fitted.outOfBag.points.map { .outOfBagR2($0.score) })
    }

    @Test("is not computed before the interval has passed")
    func early() throws {
        let data = Dataset.make(rows: 300, classes: 3)
        guard case .votes(let trees) = try shard(data).0.grown else {
            preconditionFailure("not a classification")
        }
        let monitor = OutOfBagMonitor<OutOfBagAccuracy>(every: .seconds(3_600)) {
            preconditionFailure("the score was computed")
        }
        for tree in trees { #expect(monitor.add(tree) == nil) }
    }

    @Test("with a limit of rows, each row is out of bag for the same trees")
    func fewer() throws {
        let data = Dataset.make(rows: 300, classes: 3)
        guard case .votes(let trees) = try shard(data).0.grown else {
            preconditionFailure("not a classification")
        }
        let all = OutOfBagRows(data, rows: rows, threads: 1)
        let some = OutOfBagRows(data, rows: rows, threads: 1, most: 50)
        #expect(some.rows.count == 50)
        for (index, row) in some.rows.enumerated() {
            let same = try #require(all.rows.firstIndex(of: row))
            for tree in trees { #expect(some.isOutOfBag(index, of: tree) == all.isOutOfBag(same, of: tree)) }
        }
    }
}
