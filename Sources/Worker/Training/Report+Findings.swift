import Foundation
import Tables
import Trainer

extension Report {
    /// The most features whose shuffling is told.
    private static var mostFeatures: Int { 3 }

    /// The results of cross-validation and of shuffling features, a sentence each; nil if neither was asked for.
    var findings: [String]? {
        let sentences = [validation, shuffling].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences
    }

    private var validation: String? {
        guard let crossValidation, !crossValidation.scores.isEmpty else { return nil }
        let scores = crossValidation.scores.map {
            "\($0.name) \(Self.number($0.mean)) ± \(Self.number($0.deviation))"
        }
        return "cross-validation of \(crossValidation.folds) folds: \(scores.joined(separator: ", "))".asLine
    }

    private var shuffling: String? {
        guard let permutationImportance, !permutationImportance.isEmpty else { return nil }
        let drops = permutationImportance.prefix(Self.mostFeatures).map {
            "\($0.feature.prefix(40)) \(Self.number($0.mean)) ± \(Self.number($0.deviation))"
        }
        return "shuffling a feature lowers the score: \(drops.joined(separator: ", "))".asLine
    }

    private static func number(_ value: Double) -> String { String(format: "%.3g", value) }
}
