/// The result of a training.
package struct TrainResult: Codable, Equatable, Sendable {
    package var model: StoredBlob
    package var receipt: StoredBlob
    package var metrics: TrainMetrics

    package init(model: StoredBlob, receipt: StoredBlob, metrics: TrainMetrics) {
        self.model = model
        self.receipt = receipt
        self.metrics = metrics
    }
}
