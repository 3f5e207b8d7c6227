import Contract
import Crypto
import Foundation
import Glibc
import Trainer
import Walrus

/// Trains once, for a job or for a verb of the program: reads a CSV file, writes a model file and returns its metrics.
struct Training: Sendable {
    struct Result: Sendable {
        let dataset: FileIdentity
        let model: FileIdentity
        /// The path of the model file, inside the training's folder.
        let modelPath: String
        let metrics: TrainMetrics
        /// Nil if the owner's training command made the model.
        let report: Report?

        /// The format number of the trainer; nil if the owner's training command made the model.
        var trainer: Int? { report == nil ? nil : Trainer.Model.trainerVersion }
    }

    /// The progress of a training.
    enum Step: Sendable {
        case trainer(TrainingStep, LearnerKind)
        case command(TrainingCommand.Line)
    }

    let parameters: TrainParameters

    /// Trains on the CSV file at `path`, on a background thread, and writes the model into `folder`.
    ///
    /// Several threads may call `onStep`, in any order.
    func run(
        csv path: String,
        in folder: WorkFolder,
        onStep: @escaping @Sendable (Step) -> Void
    ) async throws -> Result {
        guard let name = parameters.command else {
            let learner = parameters.model ?? .forest
            return try await train(path, modelPath: folder.file("model.onnx")) {
                onStep(.trainer($0, learner))
            }
        }
        let training = CommandTraining(command: try TrainingCommand(name), parameters: parameters)
        let dataset = try await identity(of: path)
        let result = try await training.run(dataset: path, in: folder) { onStep(.command($0)) }
        guard try await identity(of: path) == dataset else { throw TrainingCommandError.changedDataset }
        return Result(
            dataset: dataset,
            model: try await identity(of: result.model),
            modelPath: result.model,
            metrics: result.metrics,
            report: nil
        )
    }

    private func identity(of path: String) async throws -> FileIdentity {
        try await BackgroundWork.run { _ in FileIdentity(of: try MappedFile(path: path)) }
    }

    private func train(
        _ path: String,
        modelPath: String,
        onStep: @escaping @Sendable (TrainingStep) -> Void
    ) async throws -> Result {
        let (learning, checks) = (LearningParameters(parameters), EvaluationOptions(parameters))
        return try await BackgroundWork.run { isCancelled in
            let file = try MappedFile(path: path)
            let dataset = FileIdentity(of: file)
            let trainer = ModelTrainer(
                learning,
                evaluation: checks,
                threads: ProcessInfo.processInfo.activeProcessorCount,
                datasetSHA256: dataset.sha256
            )
            let trained = try file.withBytes { bytes in
                try trainer.train(
                    csv: bytes,
                    isCancelled: isCancelled,
                    onStep: onStep,
                    onConsumed: { file.releasePages(in: $0) }
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

    /// The peak of this process's resident memory so far, in bytes; 0 if unknown.
    private static func peakMemory() -> Int {
        var usage = rusage()
        return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss << 10 : 0
    }
}
