import Foundation
import Synchronization
import Testing

@testable import Trainer

@Suite("Forest trainer")
struct ForestTrainerTests {
    @Test("the default forest reaches 90 % accuracy on iris")
    func iris() throws {
        let trained = try train(Fixture.iris)
        let scores = try #require(trained.report.classification)
        #expect(scores.accuracy >= 0.9)
        #expect(scores.macroF1 >= 0.9)
        #expect(try #require(trained.report.outOfBagScore) >= 0.9)
        #expect(trained.report.trainRows == 120)
        #expect(trained.report.testRows == 30)
        #expect(scores.confusion.map { $0.reduce(0, +) } == [10, 10, 10])
        #expect(trained.report.importance.first?.feature.hasPrefix("petal") == true)
        #expect(abs(trained.report.importance.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        #expect(trained.model.classes == ["setosa", "versicolor", "virginica"])
    }

    @Test("the model's bytes do not depend on threads", arguments: [2, 3, 7])
    func threads(_ threads: Int) throws {
        let one = try train(Fixture.iris, threads: 1).model.onnxBytes()
        #expect(try train(Fixture.iris, threads: threads).model.onnxBytes() == one)
    }

    @Test("the model's bytes do not depend on shards", arguments: [1, 2, 3, 7])
    func shards(_ count: Int) throws {
        let whole = try train(Fixture.iris)
        let trainer = ModelTrainer(LearningParameters(), threads: 2)
        let shards = try (0..<count).map { shard in
            let trees = 100 * shard / count..<100 * (shard + 1) / count
            return try trainer.grow(trees, of: ForestParameters(), Fixture.iris)
        }
        let joined = try trainer.train(Fixture.iris, shards: shards.reversed())
        #expect(try joined.model.onnxBytes() == (try whole.model.onnxBytes()))
    }

    @Test("the same seed gives the same forest, another seed another one")
    func seeds() throws {
        var other = LearningParameters()
        other.seed = 43
        let first = try train(Fixture.iris).model.onnxBytes()
        #expect(try train(Fixture.iris).model.onnxBytes() == first)
        #expect(try train(Fixture.iris, other).model.onnxBytes() != first)
    }

    @Test("models of iris have the bytes of format 6", arguments: Fixture.goldenIris)
    func golden(_ learner: Learner, _ hash: UInt64) throws {
        var parameters = LearningParameters()
        parameters.learner = learner
        let bytes = try train(Fixture.iris, parameters).model.onnxBytes()
        #expect(Fixture.fnv1a(bytes) == hash)
    }

    @Test("a tree of unlimited depth without ties has only pure leaves")
    func unlimited() throws {
        let parameters = LearningParameters.forest { ($0.maxDepth, $0.trees) = (nil, 1) }
        let model = try train(Fixture.blobs(rows: 400, classes: 3, seed: 5), parameters).model
        let tree = try #require(model.votingTrees.first)
        #expect(tree.leaves.count > 3)
        #expect(tree.leaves.allSatisfy { $0.isLast })
    }

    @Test("no tree is deeper than maxDepth", arguments: [1, 2, 5])
    func depth(_ limit: Int) throws {
        let parameters = LearningParameters.forest { $0.maxDepth = limit }
        let model = try train(Fixture.blobs(rows: 300, classes: 4, seed: 6), parameters).model
        #expect(model.votingTrees.allSatisfy { $0.depth <= limit })
        #expect(model.votingTrees.contains { $0.depth == limit })
    }

    @Test("progress counts every tree, and a cancelled training throws")
    func progress() throws {
        let seen = Mutex<Set<Int>>([])
        _ = try ModelTrainer(LearningParameters(), threads: 2).train(
            Fixture.iris,
            onStep: { step in
                guard case .learning(let progress) = step else { return }
                _ = seen.withLock { $0.insert(progress.done) }
            }
        )
        #expect(seen.withLock { $0 } == Set(1...100))
        #expect(throws: TrainingError.cancelled) {
            try ModelTrainer(LearningParameters(), threads: 2).train(Fixture.iris, isCancelled: { true })
        }
    }

    private func train(
        _ csv: [UInt8],
        _ parameters: LearningParameters = .init(),
        threads: Int = 2
    ) throws -> TrainedModel {
        try ModelTrainer(parameters, threads: threads).train(csv)
    }
}
