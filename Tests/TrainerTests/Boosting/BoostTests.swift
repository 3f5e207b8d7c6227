import Tables
import Testing

@testable import Trainer

@Suite("Boosting")
struct BoostTests {
    /// The curvature of the squared loss is 1, so that the estimated number of rows of a side is exact.
    @Test(
        "a regression tree equals that of the plain implementation, split by split",
        arguments: [0, 0.2],
        [1, 5, 20]
    )
    func plain(_ missing: Double, _ minLeaf: Int) {
        let data = Dataset.make(rows: 300, missing: missing)
        var parameters = BoostParameters()
        (parameters.leaves, parameters.minSamplesLeaf) = (8, minLeaf)
        let training = training(data, parameters)
        let outputs = Slab<Float>(repeating: 0, count: data.rows + 4)
        training.target.pack(
            0..<data.rows,
            score: 0,
            round: 0,
            outputs: outputs,
            training.packing,
            into: training.gradients
        )
        var grower = LeafWiseGrower(training)
        let rows = (0..<data.rows).filter { $0 % 7 != 3 }
        let tree = grower.grow(
            rows: rows.map { UInt32($0) },
            features: Array(data.features.indices),
            LeafValue(training, outputs: outputs, score: 0)
        )
        let expected = PlainBoost(training: training, data: data).grow(rows: rows)
        #expect(tree.tree.plainBoost(data, rows: rows) == expected)
        #expect(tree.tree.leaves.count == 8)
    }

    @Test("the bytes do not depend on threads", arguments: [2, 3, 7])
    func threads(_ threads: Int) throws {
        for data in [Dataset.make(rows: 40_000, classes: 3, missing: 0.1), .make(rows: 40_000)] {
            var parameters = BoostParameters()
            (parameters.rounds, parameters.rowShare, parameters.patience) = (4, 0.7, 3)
            let one = try fit(data, parameters, threads: 1)
            #expect(try fit(data, parameters, threads: threads) == one)
        }
    }

    @Test("more rounds decrease the training loss", arguments: [2, 3, nil])
    func falls(_ classes: Int?) throws {
        let data = Dataset.make(rows: 500, classes: classes, missing: 0.1)
        var parameters = BoostParameters()
        parameters.minSamplesLeaf = 5
        var last = Double.infinity
        for rounds in [1, 3, 10, 30] {
            parameters.rounds = rounds
            let loss = loss(try fit(data, parameters), data)
            #expect(loss < last)
            last = loss
        }
    }

    @Test("no leaf has fewer rows than minSamplesLeaf", arguments: [2, 3])
    func leaves(_ classes: Int) throws {
        let data = Dataset.make(rows: 400, classes: classes)
        var parameters = BoostParameters()
        (parameters.rounds, parameters.minSamplesLeaf) = (20, 15)
        for tree in try fit(data, parameters).trees {
            var counts = [Int](repeating: 0, count: tree.leaves.count)
            for row in 0..<data.rows { counts[tree.leaf { data.features[$0].values[row] }] += 1 }
            #expect(counts.allSatisfy { $0 >= 15 })
        }
    }

    @Test("no tree exceeds maxDepth or the number of leaves")
    func shape() throws {
        var parameters = BoostParameters()
        (parameters.rounds, parameters.maxDepth, parameters.leaves) = (5, 2, 31)
        let shallow = try fit(.make(rows: 500, classes: 2), parameters)
        #expect(shallow.trees.map(\.depth).max() == 2)
        (parameters.maxDepth, parameters.leaves) = (nil, 6)
        let narrow = try fit(.make(rows: 500, classes: 2), parameters)
        #expect(narrow.trees.map(\.leaves.count).max() == 6)
    }

    @Test("early stopping ends after `patience` rounds without a lower loss, and keeps the best round")
    func stops() throws {
        var generator = SplitMix64(8)
        let noise = (0..<600).map { _ in UInt16(generator.below(2)) }
        let source = Dataset.make(rows: 600, classes: 2)
        let data = Dataset(
            targetName: "y",
            features: source.features,
            target: .classification(classes: ["a", "b"], labels: noise),
            rows: 600
        )
        var parameters = BoostParameters()
        (parameters.rounds, parameters.patience) = (200, 3)
        var loop = BoostingLoop(training(data, parameters), sizeLimit: .max)
        var losses: [Double] = []
        var shouldContinue = true
        while shouldContinue {
            shouldContinue = try loop.grow(losses.count, isCancelled: { false })
            losses.append(try #require(loop.loss))
        }
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
        #expect(losses.count == best + 1 + 3)
        let kept = loop.trees()
        #expect(kept.trees.count == best + 1)
        let held = BoostSampler(rows: 600, parameters, seed: 1).validation.map(Int.init)
        #expect(abs(loss(kept, data, held) / Double(held.count) - losses[best]) < 1e-5)
    }

    @Test("sums of packed gradients are accurate within the rounding of their units")
    func packing() {
        let packing = PackedGradients(rows: 1_000, greatestCurvature: 0.25)
        var generator = SplitMix64(9)
        var (sum, slopes, curvatures): (Int64, Double, Double) = (0, 0, 0)
        for _ in 0..<1_000 {
            let (slope, curvature) = (Float(generator.unit() * 4 - 2), Float(generator.unit() / 4))
            sum &+= packing.pack(
                slope: Double(slope),
                curvature: Double(curvature),
                chance: generator.unit() - 0.5
            )
            slopes += Double(slope)
            curvatures += Double(curvature)
        }
        #expect(abs(packing.slope(sum) - slopes) < 1_000 / 0x1p23)
        #expect(abs(packing.curvature(sum) - curvatures) < 1_000 / 0x1p18)
    }

    @Test("a leaf's value is limited by the longest step", arguments: [2, 3])
    func longestStep(_ classes: Int) {
        let data = Dataset.make(rows: 200, classes: classes)
        let training = training(data, BoostParameters())
        let wrong = Slab<Float>(repeating: 1 - .ulpOfOne, count: 200 * classes + 4)
        let rows = Slab((0..<200).filter { data.labels[$0] == 0 }.map { UInt32($0) }, padding: 0)
        let score = classes == 2 ? 0 : 1
        let leafValue = LeafValue(training, outputs: wrong, score: score)
        #expect(
            leafValue.value(rows, 0..<rows.count, sum: nil) == -0.1 * training.target.loss.longestStep
        )
    }

    private func training(_ data: Dataset, _ parameters: BoostParameters) -> BoostTrainingData {
        let rows = Array(0..<data.rows)
        let target =
            switch data.target {
            case .classification(let classes, let labels): BoostTarget(classes: classes.count, labels: labels)
            case .regression(let values): BoostTarget(values: values)
            }
        let features = BinnedFeatures(data.features, rows: rows, threads: 1)
        return BoostTrainingData(features, target, parameters, seed: 1, threads: ThreadTeam(threads: 2))
    }

    private func fit(_ data: Dataset, _ parameters: BoostParameters, threads: Int = 2) throws -> BoostedTrees
    {
        let fitted = try BoostLearner(parameters: parameters, seed: 1, threads: threads)
            .fit(data, rows: Array(0..<data.rows), TrainingObserver())
        guard case .boost(let boosted) = fitted.body else { preconditionFailure("not a boosted model") }
        return boosted
    }

    /// The loss over `rows`, or over all rows.
    private func loss(_ boosted: BoostedTrees, _ data: Dataset, _ rows: [Int]? = nil) -> Double {
        let scores = boosted.scores(data.features.map(\.values), threads: 1)
        let rows = rows ?? Array(0..<data.rows)
        switch data.target {
        case .regression(let values):
            return rows.reduce(0) { $0 + (scores[$1] - values[$1]) * (scores[$1] - values[$1]) }
        case .classification(let classes, let labels):
            let predictions = Predictions(scores: scores, .classes(classes))
            guard case .classes(_, let shares) = predictions else { return .nan }
            return rows.reduce(0) {
                $0 - Elementary.log(Double(shares[$1 * classes.count + Int(labels[$1])]))
            }
        }
    }
}
