/// The arguments of `/train`: a dataset, and how to train on it.
package struct TrainRequest: Equatable, Sendable {
    package enum Dataset: Equatable, Sendable {
        case blob(BlobID)
        /// The dataset of an earlier run.
        case run(RunID)
    }

    package var dataset: Dataset
    package var parameters = TrainParameters()
    /// Nil: the engine of the configuration.
    package var engine: EngineName?
    /// The longest time of one attempt, in hours; nil: the bot's default.
    package var hours: Int?

    package init(dataset: Dataset) {
        self.dataset = dataset
    }
}
