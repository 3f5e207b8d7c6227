import Tables
import Testing

@testable import Trainer

@Suite("How good a forest is while it grows")
struct LiveScoreTests {
    private let rows = Array(0..<300)

    private func shard(_ data: Dataset) throws -> (ForestShard, Fitted) {
        var parameters = ForestParameters()
        parameters.trees = 12
        let learner = ForestLearner(parameters: parameters, seed: 2, threads: 2)
        let shard = try learner.grow(0..<12, data, rows: rows, TrainingWatch())
        return (shard, try learner.join([shard], data, rows: rows))
    }

    @Test(
        "looked at after every tree, it ends where the whole forest's score is, and is the curve on the way"
    )
    func classes() throws {
        let data = Dataset.make(rows: 300, classes: 3, missing: 0.1)
        let (shard, fitted) = try shard(data)
        guard case .votes(let trees) = shard.grown else { preconditionFailure("classes are voted on") }
        let live = LiveScore(every: .zero) { [rows] in
            OutOfBagAccuracy(OutOfBagRows(data, rows: rows, threads: 1), labels: data.labels, classes: 3)
        }
        let found = trees.map { live.note($0) }
        #expect(found == fitted.outOfBag.points.map { .outOfBagAccuracy($0.score) })
        #expect(found.last == .outOfBagAccuracy(try #require(fitted.outOfBagScore)))
    }

    @Test("so for values")
    func values() throws {
        let data = Dataset.make(rows: 300)
        let (shard, fitted) = try shard(data)
        guard case .values(let trees) = shard.grown, case .regression(let truth) = data.target else {
            preconditionFailure("values are averaged")
        }
        let live = LiveScore(every: .zero) { [rows] in
            OutOfBagDetermination(OutOfBagRows(data, rows: rows, threads: 1), truth: truth)
        }
        let found = trees.map { live.note($0) }
        #expect(found == fitted.outOfBag.points.map { .outOfBagR2($0.score) })
    }

    @Test("nobody looks before it is time")
    func early() throws {
        let data = Dataset.make(rows: 300, classes: 3)
        guard case .votes(let trees) = try shard(data).0.grown else { preconditionFailure("classes") }
        let live = LiveScore<OutOfBagAccuracy>(every: .seconds(3_600)) {
            preconditionFailure("it was looked at")
        }
        for tree in trees { #expect(live.note(tree) == nil) }
    }

    @Test("a few of the rows are judged as they are among all")
    func fewer() throws {
        let data = Dataset.make(rows: 300, classes: 3)
        guard case .votes(let trees) = try shard(data).0.grown else { preconditionFailure("classes") }
        let all = OutOfBagRows(data, rows: rows, threads: 1)
        let some = OutOfBagRows(data, rows: rows, threads: 1, most: 50)
        #expect(some.rows.count == 50)
        for (index, row) in some.rows.enumerated() {
            let same = try #require(all.rows.firstIndex(of: row))
            for tree in trees { #expect(some.isNew(index, to: tree) == all.isNew(same, to: tree)) }
        }
    }
}
