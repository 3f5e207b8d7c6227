import Contract
import Tables
import Trainer
import Walrus

/// A train job: pulls the dataset, trains, and pushes the model and the receipt.
struct TrainWork: Sendable {
    let arguments: TrainArguments
    let walrus: BlobClient
    let folder: WorkFolder
    let queue: EventQueue

    /// The limit of the metrics in an event, in bytes of JSON: half of the bot's limit for a request with events.
    private static let metricsLimit = 512 << 10

    /// The most warnings in the result; the log has all.
    private static let mostWarnings = 20

    func run() async throws -> Outcome {
        let dataset = try await pull()
        return .trained(result: try await push(try await train(), dataset: dataset))
    }

    private func pull() async throws -> StoredBlob {
        queue.add(.phase(name: .pulling))
        queue.add(.log(line: "pulling \(arguments.dataset)"))
        let blob = try await walrus.fetch(arguments.dataset, to: folder.file("dataset")) { [queue] step in
            queue.addBytesMoved(step)
        }
        queue.add(
            .log(line: "pulled \(blob.size) bytes; the blob ID recomputed here is the requested one")
        )
        return blob
    }

    private func train() async throws -> Training.Result {
        let isByCommand = arguments.parameters.command != nil
        queue.add(.phase(name: isByCommand ? .training : .reading))
        queue.add(.log(line: "training with \(arguments.parameters)"))
        let training = Training(parameters: arguments.parameters)
        let reporter = TrainingReporter(queue: queue)
        let result = try await training.run(csv: folder.file("dataset"), in: folder) { reporter.report($0) }
        if !isByCommand { reporter.begin(.training) }
        if let report = result.report { log(report) }
        return result
    }

    private func log(_ report: Report) {
        let values = report.task == .regression ? "numbers" : "\(report.classes.count) classes"
        let amount = "\(report.features.count) features of \(report.trainRows) rows"
        queue.add(.log(line: "trained to predict \(report.target), \(values), from \(amount)"))
        for decision in report.decisions { queue.add(.log(line: decision)) }
        for warning in report.warnings { queue.add(.log(line: "warning: \(warning)")) }
    }

    private func push(_ result: Training.Result, dataset: StoredBlob) async throws -> TrainResult {
        queue.add(.phase(name: .pushing))
        let metrics = result.metrics
        let model = try await walrus.identify(result.modelPath)
        try await walrus.store(result.modelPath, as: model)
        queue.add(.log(line: "pushed the model, \(model.size) bytes: \(model.id)"))
        let receipt = Receipt(
            dataset: FileIdentity(sha256: result.dataset.sha256, id: dataset.id, size: dataset.size),
            parameters: arguments.parameters,
            trainer: result.trainer,
            model: FileIdentity(sha256: result.model.sha256, id: model.id, size: model.size),
            metrics: metrics
        )
        try folder.write(try Wire.encode(receipt), to: "receipt.json")
        let stored = try await walrus.identify(folder.file("receipt.json"))
        try await walrus.store(folder.file("receipt.json"), as: stored)
        queue.add(.log(line: "pushed the receipt, \(stored.size) bytes: \(stored.id)"))
        var trained = TrainResult(
            model: model,
            receipt: stored,
            metrics: try metrics.trimmed(toBytes: Self.metricsLimit)
        )
        trained.findings = result.report?.findings
        if let warnings = result.report?.warnings, !warnings.isEmpty {
            trained.warnings = warnings.prefix(Self.mostWarnings).map(\.asLine)
        }
        return trained
    }
}

extension EventQueue {
    /// Adds the progress of a transfer if its total size is known.
    func addBytesMoved(_ step: TransferProgress) {
        guard case .transferred(let bytes, of: let total?) = step, total > 0 else { return }
        add(.progress(fraction: Double(bytes) / Double(total), note: nil))
    }
}
