import Tables
import Testing

@testable import Trainer

@Suite("Forests with weights of rows")
struct ForestWeightTests {
    @Test("draws are those of a plain search", arguments: [1, 2, 3, 100, 1_000, 1_024])
    func plainSearch(_ rows: Int) {
        var weights: [Float] = (0..<rows).map { Float(1 + $0 * 7 % 13) }
        weights[rows / 2] = 4_096
        let draw = WeightedDraw(weights)
        let (total, generator) = (UInt64(weights.reduce(0, +)), SplitMix64(7))
        var (fast, plain) = (generator, generator)
        for _ in 0..<2_000 {
            let place = plain.next().multipliedFullWidth(by: total).high
            var (row, end) = (0, UInt64(weights[0]))
            while end <= place {
                row += 1
                end += UInt64(weights[row])
            }
            #expect(draw.row(&fast) == row)
        }
    }

    @Test("each row is drawn in proportion to its weight")
    func proportional() {
        let weights: [Float] = [1e-30, 0.5, 3, 0.25, 7.25, 1e-12, 1]
        let draw = WeightedDraw(weights)
        var (generator, counts) = (SplitMix64(1), [Double](repeating: 0, count: weights.count))
        for _ in 0..<1_200_000 { counts[draw.row(&generator)] += 1 }
        for (count, weight) in zip(counts, weights) {
            let expected = Double(weight) * 100_000
            #expect(abs(count - expected) <= 5 * expected.squareRoot())
        }
    }

    @Test("a bag keeps all draws of a row, however many, and its rows stay in order")
    func manyDraws() {
        let rows = 5_000
        let draw = WeightedDraw((0..<rows).map { $0 == 77 ? 5_000 : 1 })
        var (bag, generator) = (Bag(rows: rows), SplitMix64(2))
        var plain = generator
        for labels in [nil, Slab(repeating: UInt16(3), count: rows)] {
            bag.draw(&generator, weights: draw, labels: labels)
            var counts = [Int](repeating: 0, count: rows)
            for _ in 0..<rows { counts[draw.row(&plain)] += 1 }
            #expect(counts[77] > 2_300)
            var found = [Int](repeating: 0, count: rows)
            let stored = Array(bag.rows.array.prefix(bag.count))
            for (row, code) in zip(stored, bag.codes.array) {
                found[Int(row)] += Int(code >> Bag.labelBits)
                #expect(code & Bag.labelMask == (labels == nil ? 0 : 3))
            }
            #expect(found == counts)
            #expect(stored == stored.sorted())
            #expect((0..<rows).allSatisfy { bag.holds($0) == (counts[$0] > 0) })
        }
    }

    @Test("balanced classes and weights of rows multiply: together, the classes weigh the same")
    func balanced() {
        var parameters = ForestParameters()
        parameters.classWeight = .balanced
        let labels: [UInt16] = [0, 0, 0, 1, 1, 2]
        let plain = parameters.classWeight.weights(classes: 3, labels: labels)
        #expect(parameters.classWeight.weights(classes: 3, labels: labels, sums: [3, 2, 1]) == plain)
        let weighted = parameters.classWeight.weights(classes: 3, labels: labels, sums: [0.5, 2, 0.5])
        #expect(weighted[0] == weighted[2])
        #expect(abs(weighted[0] - 4 * weighted[1]) <= 4)
    }

    @Test("joined shards equal the forest that is grown in one call", arguments: [2, 3, 40, nil])
    func shards(_ classes: Int?) throws {
        let data = Dataset.make(rows: 300, classes: classes, missing: 0.1).weighted {
            $0 == 9 ? 500 : Float($0 % 4)
        }
        var parameters = ForestParameters()
        (parameters.trees, parameters.maxDepth) = (9, nil)
        let learner = ForestLearner(parameters: parameters, seed: 5, threads: 2)
        let rows = Array(0..<300)
        let whole = try learner.fit(data, rows: rows, TrainingObserver())
        let shards = try [0..<2, 2..<8, 8..<9].map {
            try learner.grow($0, data, rows: rows, TrainingObserver())
        }
        let joined = try learner.join(shards.reversed(), data, rows: rows)
        #expect(joined.body == whole.body)
        #expect(joined.outOfBagScore == whole.outOfBagScore)
        #expect(whole.outOfBagScore != nil)
    }

    @Test("a leaf of one tree has the weighted mean of the target, but for the chance of the draws")
    func means() throws {
        let data = Dataset.make(rows: 4_000).weighted { $0 % 2 == 0 ? 9 : 1 }
        guard case .regression(let values) = data.target else { return }
        let shifted = Dataset(
            targetName: "y",
            features: data.features,
            target: .regression(values: values.indices.map { $0 % 2 == 0 ? 10 : 0 }),
            rows: data.rows,
            weights: data.weights
        )
        var parameters = ForestParameters()
        (parameters.trees, parameters.maxDepth) = (20, 1)
        let fitted = try ForestLearner(parameters: parameters, seed: 3, threads: 2)
            .fit(shifted, rows: Array(0..<4_000), TrainingObserver())
        guard case .values(let trees) = fitted.body else { preconditionFailure("not a regression") }
        // The features say nothing of the target, so that each leaf has about the mean of all rows.
        let means = (0..<100).map { row in
            trees.map { tree in tree.leaves[tree.leaf { data.features[$0].values[row] }] }.mean
        }
        #expect(means.allSatisfy { abs($0 - 9) < 0.3 })
    }
}
