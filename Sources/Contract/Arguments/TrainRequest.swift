/// The parsed arguments of `/train`: a dataset, the settings of the training, an engine and a time limit.
package struct TrainRequest: Equatable, Sendable {
    package enum Dataset: Equatable, Sendable {
        case blob(BlobID)
        /// The dataset of an earlier run.
        case run(RunID)
    }

    package var dataset: Dataset
    package var parameters = TrainParameters()
    /// The engine that starts the worker; nil: the configuration's default.
    package var engine: EngineName?
    /// The time limit of one attempt, in hours; nil: the bot's own limit.
    package var hours: Int?

    package init(dataset: Dataset) {
        self.dataset = dataset
    }
}
