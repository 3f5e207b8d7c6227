import Foundation
import Tables

/// What a model's file says of where it comes from: nothing about threads, machines or time, so that a repeated training
/// gives the same file.
enum Provenance {
    /// What is known once a model is there.
    static func metadata(
        _ model: Model,
        _ parameters: LearningParameters,
        datasetSHA256: String?
    ) -> [String: String] {
        var metadata = [
            "okai.format": model.format.rawValue,
            "okai.trainer": "\(Model.formatNumber)",
            "okai.target": model.target,
            "okai.features": json(model.inputs.map(\.name)),
            "okai.params": json(parameters.settings),
        ]
        let categories = model.inputs.filter { $0.labels != nil }
        if !categories.isEmpty {
            let labels = Dictionary(uniqueKeysWithValues: categories.map { ($0.name, $0.labels ?? []) })
            metadata["okai.categories"] = json(labels)
        }
        if case .classes(let classes) = model.output { metadata["okai.classes"] = json(classes) }
        metadata["okai.dataset.sha256"] = datasetSHA256
        return metadata
    }

    /// What is known of the file that it learnt from.
    static func metadata(_ table: TrainingTable) -> [String: String] { ["okai.columns": json(table.columns)] }

    /// What is known once it was measured.
    static func metadata(_ report: Report) -> [String: String] {
        [
            "okai.split": json(["train": report.trainRows, "test": report.testRows]),
            "okai.metrics": json(Metrics(report)),
            "okai.importance": json(report.importance),
        ]
    }

    private struct Metrics: Encodable {
        let accuracy: Double?
        let macroF1: Double?
        let baselineAccuracy: Double?
        let rmse: Double?
        let baselineRMSE: Double?
        let r2: Double?
        let outOfBagScore: Double?

        init(_ report: Report) {
            accuracy = report.classification?.accuracy
            macroF1 = report.classification?.macroF1
            baselineAccuracy = report.classification?.baselineAccuracy
            rmse = report.regression?.rmse
            baselineRMSE = report.regression?.baselineRMSE
            r2 = report.regression?.r2
            outOfBagScore = report.outOfBagScore
        }
    }

    /// All columns of the file that a model learnt from, where its own file says so.
    static func columns(_ metadata: [String: String]) -> [String]? {
        metadata["okai.columns"].flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("numbers and names are always JSON: \(error)")
        }
    }
}
