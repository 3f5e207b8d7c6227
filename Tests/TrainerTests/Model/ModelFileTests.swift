import Synchronization
import Tables
import Testing

@testable import Trainer

@Suite("Model files")
struct ModelFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let learner: Learner
        let data: Dataset
    }

    static let cases: [Case] = {
        var forest = ForestParameters()
        forest.trees = 9
        var boost = BoostParameters()
        (boost.rounds, boost.minSamplesLeaf) = (40, 15)
        let learners = [
            ("forest", Learner.forest(forest)), ("boost", .boost(boost)),
            ("linear", .linear(LinearParameters())),
        ]
        return learners.flatMap { name, learner in
            [2, 4, nil].flatMap { classes in
                [false, true].map { hasText in
                    let data = Dataset.make(rows: 200, classes: classes, missing: 0.1)
                    return Case(
                        testDescription:
                            "\(name), \(classes.map { "\($0) classes" } ?? "values")\(hasText ? ", text" : "")",
                        learner: learner,
                        data: hasText ? data.withText : data
                    )
                }
            }
        }
    }()

    @Test("a model that is written and read back is equal and predicts the same", arguments: cases)
    func roundTrip(_ sample: Case) throws {
        let model = try model(sample)
        let bytes = try model.onnxBytes()
        let read = try Model(onnxBytes: bytes)
        #expect(try read.onnxBytes() == bytes)
        #expect(read.inputs == model.inputs)
        #expect(read.output == model.output)
        let columns = sample.data.features.map(\.values)
        #expect(read.predict(columns, threads: 1) == model.predict(columns, threads: 2))
    }

    /// Tables with few rows, for which some trees are a single leaf.
    static let smallTables = ([2, 3, nil] as [Int?]).flatMap { classes in (1...4).map { (classes, $0) } }

    @Test("no split in a TreeEnsemble has two children with equal numbers", arguments: smallTables)
    func numbers(_ classes: Int?, _ seed: Int) throws {
        var boost = BoostParameters()
        (boost.rounds, boost.minSamplesLeaf, boost.rowShare) = (200, 8, 0.5)
        let learners = [Learner.boost(boost), .forest(ForestParameters())]
        for learner in classes == nil ? learners : [learners[0]] {
            let data = Dataset.make(rows: 30 + seed, classes: classes)
            let model = try model(Case(testDescription: "", learner: learner, data: data))
            let bytes = try model.onnxBytes()
            let contents = try ONNXContents(bytes.span)
            let left = try contents.integers("nodes_truenodeids")
            #expect(zip(left, try contents.integers("nodes_falsenodeids")).allSatisfy { $0 != $1 })
            let read = try Model(onnxBytes: bytes)
            #expect(try read.onnxBytes() == bytes)
            let columns = data.features.map(\.values)
            #expect(read.predict(columns, threads: 1) == model.predict(columns, threads: 1))
        }
    }

    @Test("a truncated file is refused", arguments: cases)
    func truncated(_ sample: Case) throws {
        let bytes = try model(sample).onnxBytes()
        for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
            #expect(throws: ONNXError.self) { try Model(onnxBytes: Array(bytes.prefix(length))) }
        }
    }

    @Test("a file with any changed byte is refused or predicts without a crash")
    func damaged() throws {
        var generator = SplitMix64(12)
        for sample in Self.cases {
            let bytes = try model(sample).onnxBytes()
            for _ in 0..<40 {
                var damaged = bytes
                damaged[generator.below(bytes.count)] ^= UInt8(1 + generator.below(255))
                guard let read = try? Model(onnxBytes: damaged) else { continue }  // refused
                let columns = read.inputs.map { _ in [Float](repeating: 1, count: 3) }
                _ = read.predict(columns, threads: 1)
            }
        }
    }

    @Test("a forest that is too large for a file is refused during training")
    func tooLarge() throws {
        var learner = ForestLearner(parameters: ForestParameters(), seed: 1, threads: 2)
        learner.sizeLimit = 10_000
        let data = Dataset.make(rows: 500, classes: 3)
        do {
            _ = try learner.fit(data, rows: Array(0..<500), TrainingObserver())
            Issue.record("the training did not throw")
        } catch .modelTooLarge(let bytes) {
            #expect(bytes > 10_000)
        }
    }

    @Test(
        "boosting that is too large for a file is refused, at once if the number of rounds is fixed",
        arguments: [nil, 1_000]
    )
    func tooManyRounds(_ patience: Int?) throws {
        let data = Dataset.make(rows: 500, classes: 3)
        let learner = learner(patience)
        let rounds = Mutex(0)
        let observer = TrainingObserver(onProgress: { progress in
            rounds.withLock { $0 = max($0, progress.done) }
        })
        let error = #expect(throws: TrainingError.self) {
            try learner.fit(data, rows: Array(0..<500), observer)
        }
        guard case .modelTooLarge(let bytes) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bytes > 10_000)
        let done = rounds.withLock { $0 }
        #expect(patience == nil ? done == 0 : done > 3)
    }

    /// Boosting with a limit of 10,000 bytes for the file.
    private func learner(_ patience: Int?) -> BoostLearner {
        var parameters = BoostParameters()
        parameters.patience = patience
        return BoostLearner(parameters: parameters, seed: 1, threads: 2, sizeLimit: 10_000)
    }

    @Test("the estimated size of a file is within 25 % of its size", arguments: [2, 4, nil])
    func estimate(_ classes: Int?) throws {
        let data = Dataset.make(rows: 2_000, classes: classes)
        var forest = ForestParameters()
        (forest.trees, forest.maxDepth) = (20, nil)
        let sample = Case(testDescription: "", learner: .forest(forest), data: data)
        let model = try model(sample)
        let estimate =
            switch model.body {
            case .votes(let trees): trees.reduce(0) { $0 + ONNXSize.estimate($1) }
            case .values(let trees): trees.reduce(0) { $0 + ONNXSize.estimate($1) }
            default: 0
            }
        let size = try model.onnxBytes().count
        #expect(abs(Double(estimate) / Double(size) - 1) < 0.25)
    }

    private func model(_ sample: Case) throws -> Model {
        let fitted = try sample.learner.fit(
            sample.data,
            rows: Array(0..<sample.data.rows),
            seed: 3,
            threads: 2,
            TrainingObserver()
        )
        return Model(sample.data, fitted, LearningParameters(), datasetSHA256: nil)
    }
}

extension Dataset {
    /// The same data with a categorical feature in place of the last one.
    fileprivate var withText: Dataset {
        var generator = SplitMix64(2)
        let text = Feature(
            name: "colour",
            kind: .categorical(labels: ["blue", "green", "red"]),
            values: (0..<rows).map { _ in Float(generator.below(3)) }
        )
        return Dataset(
            targetName: targetName,
            features: features.dropLast() + [text],
            target: target,
            rows: rows
        )
    }
}
