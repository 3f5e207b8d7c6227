import Foundation
import Tables

/// The metadata in a model's file: how the model was trained, on which data, and the scores of the model.
///
/// The metadata do not depend on threads, machines or time, so that a repeated training gives the same file.
enum ModelMetadata {
    /// The entries about the model and its training, known before the model is evaluated.
    static func entries(
        _ model: Model,
        _ parameters: LearningParameters,
        datasetSHA256: String?
    ) -> [String: String] {
        var metadata = [
            "okai.format": model.format.rawValue,
            "okai.trainer": "\(Model.trainerVersion)",
            "okai.target": model.target,
            "okai.features": json(model.inputs.map(\.name)),
            "okai.params": json(parameters.settings),
        ]
        let categories = model.inputs.filter { $0.labels != nil }
        if !categories.isEmpty {
            let labels = Dictionary(uniqueKeysWithValues: categories.map { ($0.name, $0.labels ?? []) })
            metadata["okai.categories"] = json(labels)
        }
        if let names = ONNXGraph.inputNames(model.inputs) {
            let columns = Dictionary(uniqueKeysWithValues: zip(names, model.inputs.map(\.name)))
            metadata["okai.inputs"] = json(columns)
        }
        if case .classes(let classes) = model.output { metadata["okai.classes"] = json(classes) }
        metadata["okai.dataset.sha256"] = datasetSHA256
        return metadata
    }

    /// The entries about the training table.
    static func entries(_ table: TrainingTable) -> [String: String] {
        ["okai.columns": json(table.columns), "okai.reading": json(table.reading)]
    }

    /// The entries about the evaluation of the model.
    static func entries(_ report: Report) -> [String: String] {
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

    /// The names of all columns of the training table; nil if `metadata` has no readable entry.
    static func columns(_ metadata: [String: String]) -> [String]? {
        metadata["okai.columns"].flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
    }

    /// How the training table was read; nil if `metadata` has no readable entry.
    static func reading(_ metadata: [String: String]) -> TableReading? {
        metadata["okai.reading"].flatMap { try? JSONDecoder().decode(TableReading.self, from: Data($0.utf8)) }
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("numbers and strings can always be encoded as JSON: \(error)")
        }
    }
}
