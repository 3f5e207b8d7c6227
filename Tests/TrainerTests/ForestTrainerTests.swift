import Foundation
import Synchronization
import Testing

@testable import Trainer

@Suite("Forest trainer")
struct ForestTrainerTests {
    @Test("iris with the defaults is as good as the script that this replaces")
    func iris() throws {
        let trained = try train(Fixture.iris)
        #expect(trained.report.accuracy >= 0.9)
        #expect(trained.report.macroF1 >= 0.9)
        #expect(try #require(trained.report.outOfBagScore) >= 0.9)
        #expect(trained.report.trainRows == 120)
        #expect(trained.report.testRows == 30)
        #expect(trained.report.confusion.map { $0.reduce(0, +) } == [10, 10, 10])
        #expect(trained.report.importance.first?.feature.hasPrefix("petal") == true)
        #expect(abs(trained.report.importance.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        #expect(trained.model.classes == ["setosa", "versicolor", "virginica"])
    }

    @Test("the model's bytes do not depend on threads", arguments: [2, 3, 7])
    func threads(_ threads: Int) throws {
        let one = try train(Fixture.iris, threads: 1).model.onnxBytes()
        #expect(try train(Fixture.iris, threads: threads).model.onnxBytes() == one)
    }

    @Test("another seed gives another forest, the same seed the same")
    func seeds() throws {
        var other = ForestParameters()
        other.seed = 43
        let first = try train(Fixture.iris).model.onnxBytes()
        #expect(try train(Fixture.iris).model.onnxBytes() == first)
        #expect(try train(Fixture.iris, other).model.onnxBytes() != first)
    }

    @Test("the iris model is the same file as when the format was fixed")
    func golden() throws {
        let bytes = try train(Fixture.iris).model.onnxBytes()
        #expect(Fixture.fnv1a(bytes) == Fixture.goldenIris)
    }

    @Test("a tree of unlimited depth without ties learns its own bag by heart")
    func unlimited() throws {
        var parameters = ForestParameters()
        (parameters.maxDepth, parameters.trees) = (nil, 1)
        let trained = try train(Fixture.blobs(rows: 400, classes: 3, seed: 5), parameters)
        for tree in trained.model.trees {
            for leaf in tree.nodes where leaf.isLeaf { #expect(tree.votes(ofLeaf: leaf).count == 1) }
        }
    }

    @Test("no tree is deeper than asked", arguments: [1, 2, 5])
    func depth(_ limit: Int) throws {
        var parameters = ForestParameters()
        parameters.maxDepth = limit
        let model = try train(Fixture.blobs(rows: 300, classes: 4, seed: 6), parameters).model
        #expect(model.trees.allSatisfy { $0.depth <= limit })
        #expect(model.trees.contains { $0.depth == limit })
    }

    @Test("progress counts every tree, and a cancelled training says so")
    func progress() throws {
        let seen = Mutex<Set<Int>>([])
        _ = try ForestTrainer(ForestParameters(), threads: 2).train(
            Fixture.iris,
            onProgress: { progress in
                _ = seen.withLock { $0.insert(progress.treesGrown) }
            }
        )
        #expect(seen.withLock { $0 } == Set(1...100))
        #expect(throws: TrainingError.cancelled) {
            try ForestTrainer(ForestParameters(), threads: 2).train(Fixture.iris, isCancelled: { true })
        }
    }

    private func train(
        _ csv: [UInt8],
        _ parameters: ForestParameters = .init(),
        threads: Int = 2
    ) throws -> TrainedForest {
        try ForestTrainer(parameters, threads: threads).train(csv)
    }
}
