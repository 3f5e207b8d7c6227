/// The record of a training.
///
/// A training job stores the receipt as a blob.
///
/// A training with the same dataset and parameters, by the same trainer version, gives the same model, bit for bit.
package struct Receipt: Codable, Equatable, Sendable {
    /// The version of this format.
    package var receipt = 1
    package var dataset: FileIdentity
    package var parameters: TrainParameters
    /// The version of the trainer.
    ///
    /// It increases only when a change of the trainer changes the bytes of models.
    ///
    /// Nil if an owner's training command trained the model.
    package var trainer: Int?
    package var model: FileIdentity
    package var metrics: TrainMetrics

    package init(
        dataset: FileIdentity,
        parameters: TrainParameters,
        trainer: Int?,
        model: FileIdentity,
        metrics: TrainMetrics
    ) {
        self.dataset = dataset
        self.parameters = parameters
        self.trainer = trainer
        self.model = model
        self.metrics = metrics
    }
}
