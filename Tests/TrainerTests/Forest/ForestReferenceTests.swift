import Tables
import Testing

@testable import Trainer

@Suite("Forests against the plain implementation")
struct ForestReferenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let data: Dataset
        let parameters: ForestParameters

        init(_ name: String, _ data: Dataset, _ set: (inout ForestParameters) -> Void = { _ in }) {
            var parameters = ForestParameters()
            (parameters.trees, parameters.maxDepth) = (4, nil)
            set(&parameters)
            (testDescription, self.data, self.parameters) = (name, data, parameters)
        }
    }

    static let cases = [
        Case("two classes", .make(rows: 150, classes: 2)),
        Case("three classes, all features", .make(rows: 150, classes: 3)) { $0.maxFeatures = .all },
        Case("five classes", .make(rows: 200, classes: 5)) { $0.maxDepth = 4 },
        Case("twelve classes", .make(rows: 200, classes: 12)),
        Case("forty classes", .make(rows: 300, classes: 40)),
        Case("large nodes", .make(rows: 1_500, classes: 3)) { ($0.trees, $0.maxDepth) = (1, 3) },
        Case("missing values", .make(rows: 150, classes: 3, missing: 0.2)),
        Case("missing values, forty classes", .make(rows: 200, classes: 40, missing: 0.2)),
        Case("missing values, large nodes", .make(rows: 1_500, classes: 2, missing: 0.3)) {
            ($0.trees, $0.maxDepth) = (1, 2)
        },
        Case("ten per leaf", .make(rows: 200, classes: 3, missing: 0.1)) { $0.minSamplesLeaf = 10 },
        Case("thirty per split", .make(rows: 200, classes: 3)) { $0.minSamplesSplit = 30 },
        Case("balanced classes", .make(rows: 200, classes: 4, missing: 0.1)) { $0.classWeight = .balanced },
        Case("values", .make(rows: 150)),
        Case("values, all features, missing values", .make(rows: 150, missing: 0.2)) {
            $0.maxFeatures = .all
        },
        Case("values, ten per leaf", .make(rows: 200)) { $0.minSamplesLeaf = 10 },
    ]

    @Test("with a bin for every value, each tree equals that of the plain implementation", arguments: cases)
    func sameTrees(_ sample: Case) throws {
        let learner = ForestLearner(parameters: sample.parameters, seed: 11, threads: 2)
        let rows = Array(0..<sample.data.rows)
        let shard = try learner.grow(0..<sample.parameters.trees, sample.data, rows: rows, TrainingObserver())
        var plain = PlainTree(sample.data, sample.parameters, seed: 11)
        for index in 0..<sample.parameters.trees {
            let expected = plain.grow(index)
            let bag = rows.filter { expected.rows.contains($0) }
            switch shard.grown {
            case .votes(let grown): #expect(grown[index].tree.plain(sample.data, bag: bag) == expected)
            case .values(let grown): #expect(grown[index].tree.plain(sample.data, bag: bag) == expected)
            }
        }
    }

    // With two classes, the square of a node's weight exceeds 63 bits if the only row of a class is drawn six times,
    // which happens about once in 2,000 bags.
    @Test("balanced weights fit if bags draw the only row of a class many times", arguments: [2, 3, 12])
    func rareClass(_ classes: Int) throws {
        var labels = [UInt16](repeating: 0, count: 60)
        for label in 1..<classes { labels[label] = UInt16(label) }
        let data = Dataset(
            targetName: "y",
            features: [Feature(name: "x", kind: .numeric, values: labels.indices.map { Float($0 % 7) })],
            target: .classification(classes: (0..<classes).map { "c\($0)" }, labels: labels),
            rows: labels.count
        )
        var parameters = ForestParameters()
        (parameters.trees, parameters.maxDepth, parameters.classWeight) = (10_000, 2, .balanced)
        let learner = ForestLearner(parameters: parameters, seed: 42, threads: 2)
        let trees = 0..<parameters.trees
        let shard = try learner.grow(trees, data, rows: Array(labels.indices), TrainingObserver())
        #expect(shard.trees == trees)
    }

    @Test("a leaf has the mean of the values that are drawn into it")
    func means() throws {
        let data = Dataset.make(rows: 200)
        var parameters = ForestParameters()
        (parameters.trees, parameters.maxDepth) = (1, 3)
        let fitted = try ForestLearner(parameters: parameters, seed: 3, threads: 1)
            .fit(data, rows: Array(0..<200), TrainingObserver())
        guard case .values(let trees) = fitted.body, case .regression(let values) = data.target else {
            Issue.record("the forest has no regression trees")
            return
        }
        var generator = SplitMix64(3, 0, .max)
        var sums: [Int: (sum: Double, count: Double)] = [:]
        for _ in 0..<200 {
            let row = generator.below(200)
            let leaf = trees[0].leaf { data.features[$0].values[row] }
            sums[leaf, default: (0, 0)].sum += values[row]
            sums[leaf, default: (0, 0)].count += 1
        }
        #expect(sums.count == trees[0].leaves.count)
        for (leaf, drawn) in sums { #expect(abs(trees[0].leaves[leaf] - drawn.sum / drawn.count) < 1e-6) }
    }

    @Test(
        "joined shards equal the forest that is grown in one call",
        arguments: [2, 3, 7]
    )
    func shards(_ count: Int) throws {
        for data in [Dataset.make(rows: 300, classes: 3, missing: 0.1), .make(rows: 300)] {
            var parameters = ForestParameters()
            parameters.trees = 14
            let rows = Array(0..<300)
            let learner = ForestLearner(parameters: parameters, seed: 5, threads: 2)
            let whole = try learner.fit(data, rows: rows, TrainingObserver())
            let shards = try (0..<count).map { shard in
                let range = 14 * shard / count..<14 * (shard + 1) / count
                return try learner.grow(range, data, rows: rows, TrainingObserver())
            }
            let joined = try learner.join(shards.reversed(), data, rows: rows)
            #expect(joined.body == whole.body)
            #expect(joined.importance == whole.importance)
            #expect(joined.outOfBagScore == whole.outOfBagScore)
        }
    }

    @Test("shards of another forest, and incomplete or repeated shards, are refused")
    func foreignShards() throws {
        let data = Dataset.make(rows: 300, classes: 3)
        var parameters = ForestParameters()
        parameters.trees = 4
        let (all, most) = (Array(0..<300), Array(0..<299))
        let learner = ForestLearner(parameters: parameters, seed: 5, threads: 2)
        let first = try learner.grow(0..<2, data, rows: all, TrainingObserver())
        let last = try learner.grow(2..<4, data, rows: all, TrainingObserver())
        let elsewhere = ForestLearner(parameters: parameters, seed: 6, threads: 2)
        parameters.maxDepth = 3
        let shallow = ForestLearner(parameters: parameters, seed: 5, threads: 2)
        let wrong = [
            [first], [last], [first, last, last],
            [first, try elsewhere.grow(2..<4, data, rows: all, TrainingObserver())],
            [first, try shallow.grow(2..<4, data, rows: all, TrainingObserver())],
            [first, try learner.grow(2..<4, data, rows: most, TrainingObserver())],
        ]
        for shards in wrong {
            #expect(throws: TrainingError.self) { try learner.join(shards, data, rows: all) }
        }
        #expect(try learner.join([first, last], data, rows: all).outOfBagScore != nil)
    }
}

extension PlainTree.Node {
    /// All rows of the node.
    var rows: Set<Int> {
        switch self {
        case .leaf(let rows): Set(rows)
        case .split(_, _, _, let left, let right): left.rows.union(right.rows)
        }
    }
}

extension Dataset {
    /// Random data with six features, one of them constant, and a target that depends on three of them.
    ///
    /// A feature has 50 distinct values. The target has `classes` classes; nil gives a regression.
    static func make(rows: Int, classes: Int? = nil, missing: Double = 0, seed: UInt64 = 1) -> Dataset {
        var generator = SplitMix64(seed, UInt64(rows))
        let features = (0..<6).map { feature in
            Feature(
                name: "f\(feature)",
                kind: .numeric,
                values: (0..<rows).map { _ in
                    let isMissing = generator.below(1_000) < Int(missing * 1_000)
                    let value = feature == 5 ? 1 : Float(generator.below(50)) / 8
                    return isMissing ? .nan : value
                }
            )
        }
        let signal = (0..<rows).map { row -> Double in
            let parts = features.map { $0.values[row].isNaN ? 3 : Double($0.values[row]) }
            return parts[0] * parts[1] + 2 * parts[2] + Double(generator.below(100)) / 50
        }
        guard let classes else {
            return Dataset(
                targetName: "y",
                features: features,
                target: .regression(values: signal),
                rows: rows
            )
        }
        let labels = signal.map { UInt16(min(classes - 1, Int($0 / 52 * Double(classes)))) }
        return Dataset(
            targetName: "y",
            features: features,
            target: .classification(classes: (0..<classes).map { "c\($0)" }, labels: labels),
            rows: rows
        )
    }
}
