import Contract
import Crypto
import Foundation
import Trainer
import Walrus

/// One training on a file, with or without a bot: from a CSV to a model file and what is to be said of it.
struct Training: Sendable {
    let parameters: TrainParameters

    /// Trains on the CSV at `path` and writes the model to `modelPath`, away from the cooperative threads.
    func run(
        csv path: String,
        modelPath: String,
        onProgress: @escaping @Sendable (TrainingProgress) -> Void
    ) async throws -> ForestReport {
        let learning = LearningParameters(parameters)
        return try await BackgroundWork.run { isCancelled in
            let file = try MappedFile(path: path)
            let trained = try file.withBytes { bytes in
                let trainer = ModelTrainer(
                    learning,
                    threads: ProcessInfo.processInfo.activeProcessorCount,
                    datasetSHA256: Self.sha256(bytes)
                )
                return try trainer.train(csv: bytes, isCancelled: isCancelled, onProgress: onProgress)
            }
            let model = try PartialFile(for: modelPath)
            try trained.model.writeONNX { try model.append($0) }
            try model.keep()
            return trained.report
        }
    }

    private static func sha256(_ bytes: Span<UInt8>) -> String {
        let digest = bytes.withUnsafeBufferPointer { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension LearningParameters {
    init(_ parameters: TrainParameters) {
        self.init()
        target = parameters.target
        seed = parameters.seed
        testShare = parameters.test
        var forest = ForestParameters()
        forest.trees = parameters.trees
        forest.maxDepth = parameters.depth
        learner = .forest(forest)
    }
}

extension TrainMetrics {
    init(_ report: ForestReport) {
        self.init(
            target: report.target,
            classes: report.classes,
            trainRows: report.trainRows,
            testRows: report.testRows,
            accuracy: report.accuracy,
            macroF1: report.macroF1,
            baselineAccuracy: report.baselineAccuracy,
            outOfBagScore: report.outOfBagScore,
            confusion: report.confusion,
            importance: report.importance.map { .init(feature: $0.feature, share: $0.share) }
        )
    }
}

/// Writes a small file whole or not at all.
func write(_ bytes: [UInt8], to path: String) throws {
    let file = try PartialFile(for: path)
    try file.append(bytes)
    try file.keep()
}
