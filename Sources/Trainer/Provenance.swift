import Foundation

/// What a model's file says of where it comes from: nothing about threads, machines or time, so that a repeated training
/// gives the same file.
enum Provenance {
    static func metadata(
        _ parameters: ForestParameters,
        report: ForestReport,
        datasetSHA256: String?
    ) -> [String: String] {
        var metadata = [
            "okai.format": "forest-classifier",
            "okai.trainer": "\(ForestModel.formatNumber)",
            "okai.target": report.target,
            "okai.features": json(report.features),
            "okai.classes": json(report.classes),
            "okai.params": json(Parameters(parameters)),
            "okai.split": json(["train": report.trainRows, "test": report.testRows]),
            "okai.metrics": json(Metrics(report)),
            "okai.importance": json(report.importance),
        ]
        metadata["okai.dataset.sha256"] = datasetSHA256
        return metadata
    }

    private struct Parameters: Encodable {
        let trees: Int
        let maxDepth: Int?
        let seed: UInt64
        let testShare: Double

        init(_ parameters: ForestParameters) {
            trees = parameters.trees
            maxDepth = parameters.maxDepth
            seed = parameters.seed
            testShare = parameters.testShare
        }
    }

    private struct Metrics: Encodable {
        let accuracy: Double
        let macroF1: Double
        let baselineAccuracy: Double
        let outOfBagScore: Double?

        init(_ report: ForestReport) {
            accuracy = report.accuracy
            macroF1 = report.macroF1
            baselineAccuracy = report.baselineAccuracy
            outOfBagScore = report.outOfBagScore
        }
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
