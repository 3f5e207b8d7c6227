/// The result of a training.
package struct TrainResult: Codable, Equatable, Sendable {
    package var model: StoredBlob
    package var receipt: StoredBlob
    package var metrics: TrainMetrics
    /// The results of cross-validation and of shuffling features, a sentence each; nil if neither was asked for.
    package var findings: [String]?
    /// What a person should know before relying on the scores, a sentence each; nil if there is nothing.
    package var warnings: [String]?

    package init(model: StoredBlob, receipt: StoredBlob, metrics: TrainMetrics) {
        self.model = model
        self.receipt = receipt
        self.metrics = metrics
    }
}
