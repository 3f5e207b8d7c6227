import Tables
import Testing

@testable import Trainer

@Suite("Boosting with weights of rows")
struct BoostWeightTests {
    @Test(
        "a regression tree equals that of the plain implementation, with rows counted",
        arguments: [0, 0.2],
        [1, 20]
    )
    func plain(_ missing: Double, _ minLeaf: Int) throws {
        // Few rows have most of the weight, so that the best cuts would often leave too few rows on a side.
        let data = Dataset.make(rows: 300, missing: missing).weighted { $0 % 11 == 0 ? 40 : 1.5 }
        let rows = Array(0..<data.rows)
        guard case .regression(let values) = data.target else { return }
        var parameters = BoostParameters()
        (parameters.leaves, parameters.minSamplesLeaf) = (8, minLeaf)
        let training = BoostTrainingData(
            BinnedFeatures(data.features, rows: rows, threads: 1),
            BoostTarget(values: values, weights: try RowWeights(data, rows: rows)),
            parameters,
            seed: 1,
            threads: ThreadTeam(threads: 2)
        )
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
        let tree = grower.grow(
            rows: rows.map { UInt32($0) },
            features: Array(data.features.indices),
            LeafValue(training, outputs: outputs, score: 0)
        )
        #expect(
            tree.tree.plainBoost(data, rows: rows)
                == PlainBoost(training: training, data: data).grow(rows: rows)
        )
        #expect(tree.tree.leaves.count == 8)
    }

    @Test("a row of weight 3 predicts nearly as three rows", arguments: [2, 3, nil])
    func repeats(_ classes: Int?) throws {
        let data = Dataset.make(rows: 2_000, classes: classes, missing: 0.1)
        let weighted = try scores(data.weighted { Float(1 + $0 % 3) }, on: data)
        let repeated = try scores(data.repeating { 1 + $0 % 3 }, on: data)
        let difference = zip(weighted, repeated).map { ($0 - $1) * ($0 - $1) }.mean.squareRoot()
        #expect(difference < 0.02 * repeated.deviation)
        let plain = try scores(data, on: data)
        #expect(difference < 0.2 * zip(plain, repeated).map { ($0 - $1) * ($0 - $1) }.mean.squareRoot())
    }

    @Test("begins with the weighted mean, or the shares of the weights")
    func base() throws {
        let data = Dataset(
            targetName: "y",
            features: [],
            target: .regression(values: [1, 2, 6]),
            rows: 3,
            weights: [1, 1, 2]
        )
        let weights = try RowWeights(data, rows: [0, 1, 2])
        #expect(abs(BoostTarget(values: [1, 2, 6], weights: weights).base[0] - 3.75) < 1e-6)
        let two = BoostTarget(classes: 2, labels: [0, 0, 1], weights: weights)
        #expect(abs(two.base[0]) < 1e-6)
        let three = BoostTarget(classes: 3, labels: [0, 0, 2], weights: weights).base
        let shares = [0.5, 1.0 / 3, 0.5]
        for (base, share) in zip(three, shares) { #expect(abs(base - Elementary.log(share)) < 1e-6) }
    }

    @Test("sums of packed gradients fit if one row has nearly all of the weight", arguments: [1, 100, 4_095])
    func packing(_ rows: Int) throws {
        try checkSums(.make(rows: rows + 1).weighted { $0 == 0 ? Float(1 << 20) : 0.001 })
    }

    @Test("sums of packed gradients fit if half of the gradients are rounded up by almost a unit")
    func roundedUp() throws {
        let (heavy, light) = (Float(1.5 + 0.02 / 8_192), Float(0.5 - 0.03 / 8_192))
        try checkSums(.make(rows: 1 << 15 - 1).weighted { $0 % 2 == 1 ? heavy : light })
    }

    /// Expects that the sums of the greatest slopes and curvatures are those of numbers that are not packed.
    private func checkSums(_ data: Dataset) throws {
        let weights = try #require(RowWeights(data, rows: Array(0..<data.rows)).values)
        let packing = PackedGradients(rows: weights.count, greatestCurvature: 0.25, isWeighted: true)
        for sign in [-2.0, 2] {
            var (sum, slopes, curvatures): (Int64, Double, Double) = (0, 0, 0)
            for weight in weights.map(Double.init) {
                sum &+= packing.pack(slope: sign * weight, curvature: 0.25 * weight, chance: 0.499)
                slopes += sign * weight
                curvatures += 0.25 * weight
            }
            #expect(abs(packing.slope(sum) - slopes) <= 1e-3 * abs(slopes))
            #expect(abs(packing.curvature(sum) - curvatures) <= 1e-3 * curvatures)
        }
    }

    @Test("early stopping measures the loss by weights")
    func loss() throws {
        let data = Dataset.make(rows: 6, classes: 2).weighted { Float($0) + 1 }
        let weights = try RowWeights(data, rows: Array(0..<6))
        let target = BoostTarget(classes: 2, labels: [0, 1, 0, 0, 1, 0], weights: weights)
        let scores = BoostScores(target, rows: 6, threads: ThreadTeam(threads: 1))
        scores.refresh()
        // The share of the weights of the second class is 7 / 21.
        let expected = -(Elementary.log(2.0 / 3) * (1 + 3) + Elementary.log(1.0 / 3) * 5) / 9
        #expect(abs(scores.loss([0, 2, 4]) - expected) < 1e-5)
    }

    /// The scores on `other` of a model that is trained on all rows of `data`.
    private func scores(_ data: Dataset, on other: Dataset) throws -> [Double] {
        var parameters = BoostParameters()
        // Rows are counted, and a row of weight 3 is one row.
        (parameters.rounds, parameters.minSamplesLeaf, parameters.leaves) = (10, 1, 8)
        let fitted = try BoostLearner(parameters: parameters, seed: 1, threads: 2)
            .fit(data, rows: Array(0..<data.rows), TrainingObserver())
        guard case .boost(let boosted) = fitted.body else { preconditionFailure("not a boosted model") }
        return boosted.scores(other.features.map(\.values), threads: 1)
    }
}
