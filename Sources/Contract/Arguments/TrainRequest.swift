/// What `/train` asks for: a dataset, and how to train on it.
package struct TrainRequest: Equatable, Sendable {
    package enum Dataset: Equatable, Sendable {
        case blob(BlobID)
        /// The dataset of an earlier run.
        case run(RunID)
    }

    package var dataset: Dataset
    package var parameters = TrainParameters()
    /// Nil: the engine that the configuration names.
    package var engine: EngineName?
    /// How long one attempt may take; nil: as long as the bot allows any.
    package var hours: Int?

    package init(dataset: Dataset) {
        self.dataset = dataset
    }
}
