import Contract
import Trainer
import Walrus

/// A training for the bot: pull, train, push.
struct TrainWork: Sendable {
    let arguments: TrainArguments
    let walrus: WalrusGate
    let folder: WorkFolder
    let queue: EventQueue

    /// What metrics may weigh in a report: half of the least that a bot takes in one request.
    private static let reportLimit = 512 << 10

    func run() async throws -> Outcome {
        let dataset = try await pull()
        return .trained(result: try await push(try await train(), dataset: dataset))
    }

    private func pull() async throws -> StoredBlob {
        queue.add(.phase(name: .pulling))
        queue.add(.log(line: "pulling \(arguments.dataset)"))
        let blob = try await walrus.fetch(arguments.dataset, to: folder.file("dataset")) { [queue] step in
            guard case .transferred(let bytes, of: let total?) = step, total > 0 else { return }
            queue.add(.progress(fraction: Double(bytes) / Double(total), note: nil))
        }
        queue.add(
            .log(line: "pulled \(blob.size) bytes; their blob ID, recomputed here, is the one asked for")
        )
        return blob
    }

    private func train() async throws -> Training.Result {
        let isOwn = arguments.parameters.command != nil
        queue.add(.phase(name: isOwn ? .training : .reading))
        queue.add(.log(line: "training with \(arguments.parameters)"))
        let training = Training(parameters: arguments.parameters)
        let story = TrainingStory(arguments.parameters.model, queue: queue)
        let result = try await training.run(csv: folder.file("dataset"), in: folder) { story.tell($0) }
        if !isOwn { story.begin(.training) }
        if let report = result.report { tell(report) }
        return result
    }

    private func tell(_ report: Report) {
        let kinds = report.task == .regression ? "numbers" : "\(report.classes.count) classes"
        let amount = "\(report.features.count) features of \(report.trainRows) rows"
        queue.add(.log(line: "learnt \(report.target), \(kinds), from \(amount)"))
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
        try write(try Wire.encode(receipt), to: folder.file("receipt.json"))
        let stored = try await walrus.identify(folder.file("receipt.json"))
        try await walrus.store(folder.file("receipt.json"), as: stored)
        queue.add(.log(line: "pushed the receipt, \(stored.size) bytes: \(stored.id)"))
        return TrainResult(model: model, receipt: stored, metrics: try metrics.fitting(Self.reportLimit))
    }
}
