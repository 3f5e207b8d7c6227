/// The record of a training, stored beside the model.
///
/// A repeat of the training from its receipt gives the same model, bit for bit.
package struct Receipt: Codable, Equatable, Sendable {
    /// The version of this format.
    package var receipt = 1
    package var dataset: FileIdentity
    package var parameters: TrainParameters
    /// The trainer's format number, which is raised only when the same input gives a model with other bytes.
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
