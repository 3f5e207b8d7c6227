import Tables
import Testing

@testable import Trainer

@Suite("Weights of rows")
struct RowWeightTests {
    @Test("are scaled by a power of two, to at most 1 on average, and leave out rows of weight 0")
    func scaled() throws {
        let weighted = try RowWeights(Self.data([0, 3, 9, 0, 12, 7]), rows: [0, 1, 2, 4])
        #expect(weighted.rows == [1, 2, 4])
        #expect(weighted.unit == 8)
        #expect(weighted.values == [0.375, 1.125, 1.5])
    }

    @Test("have an unit of their mean where that is a power of two, or of 2^-19 of the greatest if more")
    func units() throws {
        #expect(try RowWeights(Self.data([2, 6]), rows: [0, 1]).unit == 4)
        let one = (0..<1 << 21).map { Float($0 == 5 ? 0x1p30 : 1) }
        let weighted = try RowWeights(Self.data(one), rows: Array(one.indices))
        #expect(weighted.unit == 0x1p11)
        #expect(weighted.values?.max() == 0x1p19)
    }

    @Test(
        "are none if all training rows weigh the same; the unit is their weight",
        arguments: [1, 0.3, 4_000]
    )
    func equal(_ weight: Float) throws {
        let weighted = try RowWeights(Self.data([weight, 5, weight, 0]), rows: [0, 2, 3])
        #expect(weighted.rows == [0, 2])
        #expect(weighted.values == nil)
        #expect(weighted.unit == Double(weight))
    }

    @Test("refuse a training where all are 0")
    func weightless() {
        #expect(throws: TrainingError.weightless) { try RowWeights(Self.data([0, 1, 0]), rows: [0, 2]) }
        for learner in Self.learners {
            #expect(throws: TrainingError.weightless) {
                try learner.fit(Self.data([0, 1, 0]), rows: [0, 2], seed: 1, threads: 1, TrainingObserver())
            }
        }
    }

    @Test("that are all the same change no bit of any model", arguments: learners, [2, 3, nil])
    func allEqual(_ learner: Learner, _ classes: Int?) throws {
        let data = Dataset.make(rows: 400, classes: classes, missing: 0.1)
        let none = try fit(learner, data)
        #expect(try fit(learner, data.weighted { _ in 1 }) == none)
        if case .linear = learner { return }
        #expect(try fit(learner, data.weighted { _ in 0.3 }) == none)
    }

    @Test("of 0 leave the row out, to the bit", arguments: learners, [2, 3, nil])
    func zeros(_ learner: Learner, _ classes: Int?) throws {
        let data = Dataset.make(rows: 400, classes: classes, missing: 0.1).weighted { Float($0 % 4) }
        #expect(try fit(learner, data) == fit(learner, data, rows: (0..<400).filter { $0 % 4 != 0 }))
    }

    @Test("give the same bits on any number of threads", arguments: learners, [2, 3, nil])
    func threads(_ learner: Learner, _ classes: Int?) throws {
        let data = Dataset.make(rows: 20_000, classes: classes, missing: 0.1).weighted { Float($0 % 7) + 0.1 }
        let one = try fit(learner, data, threads: 1)
        #expect(try fit(learner, data, threads: 2) == one)
        #expect(try fit(learner, data, threads: 5) == one)
        #expect(try fit(learner, data.weighted { _ in 1 }) != one)
    }

    @Test("of 0 in all rows of a class leave it with a share near 0", arguments: learners, [2, 3])
    func absentClass(_ learner: Learner, _ classes: Int) throws {
        let source = Dataset.make(rows: 400, classes: classes)
        let data = source.weighted { source.labels[$0] == 1 ? 0 : Float(1 + $0 % 2) }
        let fitted = try learner.fit(data, rows: Array(0..<400), seed: 4, threads: 2, TrainingObserver())
        let model = Model(data, fitted, LearningParameters(), datasetSHA256: nil)
        guard case .classes(let labels, let shares) = model.predict(data.features.map(\.values), threads: 2)
        else { preconditionFailure("not a classification") }
        #expect(labels.allSatisfy { $0 != 1 })
        #expect(shares.indices.allSatisfy { $0 % classes == 1 ? shares[$0] < 0.02 : shares[$0] >= 0 })
    }

    @Test("are asked for by name, and refused if they were not read", arguments: learners)
    func missing(_ learner: Learner) throws {
        var parameters = LearningParameters()
        (parameters.learner, parameters.sampleWeight) = (learner, "times seen")
        let data = Dataset.make(rows: 50, classes: 2)
        #expect(throws: TrainingError.noWeights(column: "times seen")) { try parameters.check(data) }
        try parameters.check(data.weighted { _ in 2 })
        parameters.sampleWeight = nil
        try parameters.check(data)
    }

    static let learners: [Learner] = [
        .forest(small { $0.trees = 5 }), .boost(small { ($0.rounds, $0.patience) = (5, 3) }),
        .linear(.init()),
    ]

    private static func small(_ set: (inout ForestParameters) -> Void) -> ForestParameters {
        var parameters = ForestParameters()
        set(&parameters)
        return parameters
    }

    private static func small(_ set: (inout BoostParameters) -> Void) -> BoostParameters {
        var parameters = BoostParameters()
        set(&parameters)
        return parameters
    }

    private func fit(_ learner: Learner, _ data: Dataset, rows: [Int]? = nil, threads: Int = 2) throws
        -> Model.Body
    {
        let rows = rows ?? Array(0..<data.rows)
        return try learner.fit(data, rows: rows, seed: 4, threads: threads, TrainingObserver()).body
    }

    private static func data(_ weights: [Float]) -> Dataset {
        Dataset(
            targetName: "y",
            features: [Feature(name: "x", kind: .numeric, values: weights)],
            target: .regression(values: weights.map(Double.init)),
            rows: weights.count,
            weights: weights
        )
    }
}

extension Dataset {
    /// The data with a weight for each row.
    func weighted(_ weight: (Int) -> Float) -> Dataset {
        var data = self
        data.weights = (0..<rows).map(weight)
        return data
    }

    /// The data without weights, and each row as many times as `count` says.
    func repeating(_ count: (Int) -> Int) -> Dataset {
        let source = (0..<rows).flatMap { [Int](repeating: $0, count: count($0)) }
        let target: Target =
            switch target {
            case .classification(let classes, let labels):
                .classification(classes: classes, labels: source.map { labels[$0] })
            case .regression(let values): .regression(values: source.map { values[$0] })
            }
        let features = features.map { feature in
            Feature(name: feature.name, kind: feature.kind, values: source.map { feature.values[$0] })
        }
        return Dataset(targetName: targetName, features: features, target: target, rows: source.count)
    }
}
