import Contract
import Foundation
import Trainer
import Walrus

/// Repeats the training of a receipt: the same data, parameters and trainer give the same bytes.
struct RepeatedTraining: Sendable {
    let receipt: Receipt
    /// The path of the dataset, which may not exist.
    let dataset: String
    /// Whether the dataset does not exist there because no aggregator answered with it.
    let isPending: Bool
    /// Called when the training begins; returns the function that receives the training's steps.
    let onStart: @Sendable (TrainParameters) -> @Sendable (Training.Step) -> Void

    /// Trains in a new folder inside `folder`, and compares the results with the receipt.
    ///
    /// If the training cannot be repeated, the finding gives the reason.
    func finding(in folder: WorkFolder) async throws -> Finding {
        if let obstacle {
            return Finding(.unchecked, by: Finding.thisMachine, "not trained again, because \(obstacle)")
        }
        let repeated: Receipt
        do {
            repeated = try await train(in: WorkFolder(path: folder.file("again")))
        } catch let error as TrainingError {
            return Finding(.fails, by: Finding.thisMachine, "training again failed: \(error)")
        }
        let differences = receipt.differences(from: repeated)
        guard differences.isEmpty else {
            return Finding(
                .fails,
                by: Finding.thisMachine,
                "training again gave \(differences.joined(separator: "; "))"
            )
        }
        return Finding(.holds, by: Finding.thisMachine, "trained again here: the same model, bit for bit")
    }

    /// Why the training cannot be repeated; nil if it can be repeated.
    private var obstacle: String? {
        guard FileManager.default.fileExists(atPath: dataset) else {
            return isPending ? "the dataset cannot be fetched now" : "the dataset is missing"
        }
        guard receipt.parameters.command == nil, let trainer = receipt.trainer else {
            return "the owner's training command made the model"
        }
        guard trainer == Trainer.Model.trainerVersion else {
            return "trainer \(trainer) made the model, but this is trainer \(Trainer.Model.trainerVersion)"
        }
        let wrong = receipt.parameters.outOfRange
        guard wrong.isEmpty else {
            return "the receipt has settings that are not allowed: \(wrong.joined(separator: ", "))"
        }
        return nil
    }

    /// Trains, and returns a new receipt that was encoded as JSON and decoded again, like the original.
    private func train(in folder: WorkFolder) async throws -> Receipt {
        defer { folder.remove() }
        let result = try await Training(parameters: receipt.parameters).run(
            csv: dataset,
            in: folder,
            onStep: onStart(receipt.parameters)
        )
        var model = result.model
        if receipt.model.id != nil {
            model.id = try await BackgroundWork.run {
                try BlobEncoder().blob(atPath: result.modelPath, isCancelled: $0).id
            }
        }
        let repeated = Receipt(
            dataset: result.dataset,
            parameters: receipt.parameters,
            trainer: result.trainer,
            model: model,
            metrics: result.metrics
        )
        return try Wire.decode(Receipt.self, from: try Wire.encode(repeated))
    }
}

extension Receipt {
    /// A phrase for each result in `repeated` that differs from this receipt, or that this receipt does not have.
    fileprivate func differences(from repeated: Receipt) -> [String] {
        var differences: [String] = []
        let hash = repeated.model.sha256
        if let id = model.id, repeated.model.id != id {
            differences.append("another model, \(repeated.model.id.map { "\($0)" } ?? "without a blob ID")")
        } else if hash != model.sha256 ?? hash || repeated.model.size != model.size {
            differences.append("another model, with SHA-256 \(hash ?? "")")
        } else if model.id == nil, model.sha256 == nil {
            differences.append("a model that the receipt names neither by a blob ID nor by SHA-256")
        }
        if let hash = dataset.sha256, repeated.dataset.sha256 != hash {
            differences.append("another dataset, with SHA-256 \(repeated.dataset.sha256 ?? "")")
        }
        if repeated.metrics != metrics { differences.append("other metrics than the receipt has") }
        return differences
    }
}
