import Contract
import Crypto
import Foundation
import Glibc
import Trainer
import Walrus

/// One training on a file, with or without a bot: from a CSV to a model file and what is to be said of it.
struct Training: Sendable {
    struct Result: Sendable {
        let dataset: FileIdentity
        let model: FileIdentity
        /// Where the model is, within the folder of the training.
        let modelPath: String
        let metrics: TrainMetrics
        /// Nil where the owner's own command learnt.
        let report: Report?

        /// The format number of the trainer, where it was the trainer that learnt.
        var trainer: Int? { report == nil ? nil : Trainer.Model.formatNumber }
    }

    /// What is heard of a training while it goes on.
    enum Step: Sendable {
        case trainer(TrainingStep)
        case own(OwnCommand.Line)
    }

    let parameters: TrainParameters

    /// Trains on the CSV at `path`, in `folder`, away from the cooperative threads.
    func run(
        csv path: String,
        in folder: WorkFolder,
        onStep: @escaping @Sendable (Step) -> Void
    ) async throws -> Result {
        guard let name = parameters.command else {
            return try await learn(path, modelPath: folder.file("model.onnx")) { onStep(.trainer($0)) }
        }
        let training = OwnTraining(command: try OwnCommand(name), parameters: parameters)
        let dataset = try await identity(of: path)
        let own = try await training.run(dataset: path, in: folder) { onStep(.own($0)) }
        guard try await identity(of: path) == dataset else { throw OwnCommandError.changedDataset }
        return try await BackgroundWork.run { _ in
            Result(
                dataset: dataset,
                model: FileIdentity(of: try MappedFile(path: own.model)),
                modelPath: own.model,
                metrics: own.metrics,
                report: nil
            )
        }
    }

    private func identity(of path: String) async throws -> FileIdentity {
        try await BackgroundWork.run { _ in FileIdentity(of: try MappedFile(path: path)) }
    }

    private func learn(
        _ path: String,
        modelPath: String,
        onStep: @escaping @Sendable (TrainingStep) -> Void
    ) async throws -> Result {
        let (learning, checks) = (LearningParameters(parameters), ExtraChecks(parameters))
        return try await BackgroundWork.run { isCancelled in
            let file = try MappedFile(path: path)
            let dataset = FileIdentity(of: file)
            let trainer = ModelTrainer(
                learning,
                checks: checks,
                threads: ProcessInfo.processInfo.activeProcessorCount,
                datasetSHA256: dataset.sha256
            )
            let trained = try file.withBytes { bytes in
                try trainer.train(
                    csv: bytes,
                    isCancelled: isCancelled,
                    onStep: onStep,
                    onPassed: { file.releasePages(in: $0) }
                )
            }
            let model = try Self.write(trained.model, to: modelPath)
            var report = trained.report
            report.cost.modelSize = model.size
            report.cost.peakMemory = Self.peakMemory()
            return Result(
                dataset: dataset,
                model: model,
                modelPath: modelPath,
                metrics: TrainMetrics(report),
                report: report
            )
        }
    }

    private static func write(_ model: Model, to path: String) throws -> FileIdentity {
        let file = try PartialFile(for: path)
        var hash = SHA256()
        try model.writeONNX { bytes in
            hash.update(data: bytes)
            try file.append(bytes)
        }
        try file.commit()
        return FileIdentity(sha256: hash.finalize().hexadecimal, id: nil, size: file.size)
    }

    private static func peakMemory() -> Int {
        var usage = rusage()
        return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss << 10 : 0
    }
}
