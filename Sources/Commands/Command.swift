package import Contract
package import Store

/// What a person asked for, understood and checked.
package enum Command: Equatable, Sendable {
    case start(code: String?)
    case help
    case train(TrainRequest)
    case status(run: Int64?)
    case runs
    case cancel(run: Int64?)
    case retry(run: Int64?)
    case logs(run: Int64?)
    case predict(PredictRequest)
    case register(name: String)
    case unregister(name: String)
    case list
    case build
    case images
    case invite(Role)

    package var word: CommandWord {
        switch self {
        case .start: .start
        case .help: .help
        case .train: .train
        case .status: .status
        case .runs: .runs
        case .cancel: .cancel
        case .retry: .retry
        case .logs: .logs
        case .predict: .predict
        case .register: .register
        case .unregister: .unregister
        case .list: .list
        case .build: .build
        case .images: .images
        case .invite: .invite
        }
    }
}

/// `/train`: on what, and how.
package struct TrainRequest: Equatable, Sendable {
    package enum Dataset: Equatable, Sendable {
        case blob(BlobID)
        /// The dataset of an earlier run.
        case run(Int64)
    }

    package var dataset: Dataset
    package var parameters = TrainParameters()
    /// Nil: the one that the configuration names.
    package var engine: String?

    package init(dataset: Dataset) {
        self.dataset = dataset
    }
}

/// `/predict`: which run's model, and what to ask it.
package struct PredictRequest: Equatable, Sendable {
    package var run: Int64
    /// Nil: the values go in the model's own order.
    package var names: [String]?
    package var cells: [String]

    package init(run: Int64, names: [String]? = nil, cells: [String]) {
        self.run = run
        self.names = names
        self.cells = cells
    }
}
