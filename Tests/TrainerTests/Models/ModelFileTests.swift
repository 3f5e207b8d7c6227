import Synchronization
import Tables
import Testing

@testable import Trainer

@Suite("Files of all kinds of models")
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

    @Test("what is written is read back the same, and says the same", arguments: cases)
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

    /// Of few rows: some trees are a single leaf.
    static let smallTables = ([2, 3, nil] as [Int?]).flatMap { classes in (1...4).map { (classes, $0) } }

    @Test("no split in a file of values has two children of one number", arguments: smallTables)
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

    @Test("a file cut anywhere is refused", arguments: cases)
    func truncated(_ sample: Case) throws {
        let bytes = try model(sample).onnxBytes()
        for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
            #expect(throws: ONNXError.self) { try Model(onnxBytes: Array(bytes.prefix(length))) }
        }
    }

    @Test("a file with any byte changed is refused or read, and never trusted further than that")
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

    @Test("a forest too large for any file is refused while it grows")
    func tooLarge() throws {
        var learner = ForestLearner(parameters: ForestParameters(), seed: 1, threads: 2)
        learner.sizeLimit = 10_000
        let data = Dataset.make(rows: 500, classes: 3)
        do {
            _ = try learner.fit(data, rows: Array(0..<500), TrainingWatch())
            Issue.record("it was grown")
        } catch .modelTooLarge(let bytes) {
            #expect(bytes > 10_000)
        }
    }

    @Test(
        "so is boosting, at once where it will surely come to that, else when it has",
        arguments: [nil, 1_000]
    )
    func tooManyRounds(_ patience: Int?) throws {
        let data = Dataset.make(rows: 500, classes: 3)
        let learner = learner(patience)
        let rounds = Mutex(0)
        let watch = TrainingWatch(onProgress: { progress in rounds.withLock { $0 = max($0, progress.done) } })
        let error = #expect(throws: TrainingError.self) {
            try learner.fit(data, rows: Array(0..<500), watch)
        }
        guard case .modelTooLarge(let bytes) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bytes > 10_000)
        let done = rounds.withLock { $0 }
        #expect(patience == nil ? done == 0 : done > 3)
    }

    /// Boosting whose file may take 10,000 bytes.
    private func learner(_ patience: Int?) -> BoostLearner {
        var parameters = BoostParameters()
        parameters.patience = patience
        return BoostLearner(parameters: parameters, seed: 1, threads: 2, sizeLimit: 10_000)
    }

    @Test("a size that was estimated is close to that of the file", arguments: [2, 4, nil])
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
            TrainingWatch()
        )
        return Model(sample.data, fitted, LearningParameters(), datasetSHA256: nil)
    }
}

extension Dataset {
    /// The same with its last feature as text.
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
