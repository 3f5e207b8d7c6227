/// The arguments of `/train` once parsed: a dataset, and how and where to train on it.
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
