/// The record of a training, stored on Walrus beside the model.
///
/// It is enough to repeat the training and get the same model, bit for bit.
package struct Receipt: Codable, Equatable, Sendable {
    /// The version of this format.
    package var receipt = 1
    package var dataset: StoredBlob
    package var parameters: TrainParameters
    /// The trainer's format number: raised only when the same input gives other bytes.
    package var trainer: Int
    package var model: StoredBlob
    package var metrics: TrainMetrics

    package init(
        dataset: StoredBlob,
        parameters: TrainParameters,
        trainer: Int,
        model: StoredBlob,
        metrics: TrainMetrics
    ) {
        self.dataset = dataset
        self.parameters = parameters
        self.trainer = trainer
        self.model = model
        self.metrics = metrics
    }
}
