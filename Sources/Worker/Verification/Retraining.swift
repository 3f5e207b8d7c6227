import Contract
import Foundation
import Trainer
import Walrus

/// A training done again as its receipt says: the same data, parameters and trainer give the same bytes.
struct Retraining: Sendable {
    let receipt: Receipt
    /// Where the dataset lies, if there is one.
    let dataset: String
    /// Makes what hears of the training, when it begins.
    let watch: @Sendable (TrainParameters) -> @Sendable (Training.Step) -> Void

    /// Trains in a folder within `folder`, and compares; where nothing can be compared, nobody trains.
    func finding(in folder: WorkFolder) async throws -> Finding {
        if let obstacle { return Finding(.unchecked, by: Finding.here, obstacle) }
        let again: Receipt
        do {
            again = try await receipt(in: WorkFolder(path: folder.file("again")))
        } catch let error as TrainingError {
            return Finding(.fails, by: Finding.here, "training again failed: \(error)")
        }
        let differences = receipt.differences(to: again)
        guard differences.isEmpty else {
            return Finding(
                .fails,
                by: Finding.here,
                "training again gave \(differences.joined(separator: "; "))"
            )
        }
        return Finding(.holds, by: Finding.here, "trained again here: the same model, bit for bit")
    }

    /// Why there is nothing to train, or to compare with.
    private var obstacle: String? {
        guard FileManager.default.fileExists(atPath: dataset) else {
            return "not trained again, because there is no dataset"
        }
        guard receipt.parameters.command == nil, let trainer = receipt.trainer else {
            return "not trained again, because an owner's own command made it"
        }
        guard trainer == Trainer.Model.formatNumber else {
            return "not trained again, because trainer \(trainer) made it, and here is trainer "
                + "\(Trainer.Model.formatNumber)"
        }
        let wrong = receipt.parameters.outOfRange
        guard wrong.isEmpty else {
            return "not trained again, because nobody can train with \(wrong.joined(separator: ", "))"
        }
        return nil
    }

    /// The receipt of the training now, as one that is read again.
    private func receipt(in folder: WorkFolder) async throws -> Receipt {
        defer { folder.remove() }
        let result = try await Training(parameters: receipt.parameters).run(
            csv: dataset,
            in: folder,
            onStep: watch(receipt.parameters)
        )
        var model = result.model
        if receipt.model.id != nil {
            model.id = try await BackgroundWork.run {
                try BlobEncoder().blob(atPath: result.modelPath, isCancelled: $0).id
            }
        }
        let again = Receipt(
            dataset: result.dataset,
            parameters: receipt.parameters,
            trainer: result.trainer,
            model: model,
            metrics: result.metrics
        )
        return try Wire.decode(Receipt.self, from: try Wire.encode(again))
    }
}

extension Receipt {
    /// What a repeated training gave instead of what this receipt says.
    fileprivate func differences(to again: Receipt) -> [String] {
        var differences: [String] = []
        if let id = model.id, again.model.id != id {
            differences.append("another model, \(again.model.id.map { "\($0)" } ?? "unnamed")")
        } else if again.model.sha256 != model.sha256 ?? again.model.sha256 || again.model.size != model.size {
            differences.append("another model, of the SHA-256 \(again.model.sha256 ?? "")")
        } else if model.id == nil, model.sha256 == nil {
            differences.append("a model that the receipt does not name")
        }
        if let hash = dataset.sha256, again.dataset.sha256 != hash {
            differences.append("a dataset of another SHA-256, \(again.dataset.sha256 ?? "")")
        }
        if again.metrics != metrics { differences.append("other metrics than those of the receipt") }
        return differences
    }
}
