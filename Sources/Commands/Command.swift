package import Contract
package import Store

/// What a person asked for, understood and checked.
package enum Command: Equatable, Sendable {
    case start(code: String?)
    case help
    case train(TrainRequest)
    /// `/train` alone: the bot asks for the rest.
    case chooseTraining
    case status(run: Int64?)
    case runs(RunFilter)
    case events(run: Int64?)
    case cancel(run: Int64?)
    case retry(run: Int64?)
    case logs(run: Int64?)
    case predict(PredictRequest)
    case verify(RunOrBlob)
    case register(name: String)
    case unregister(name: String)
    case list
    case invite(Role)
    case notify(run: Int64?, isOn: Bool?)
    case mute(Mute)
    case members
    case build
    case images

    package var word: CommandWord {
        switch self {
        case .start: .start
        case .help: .help
        case .train, .chooseTraining: .train
        case .status: .status
        case .runs: .runs
        case .events: .events
        case .cancel: .cancel
        case .retry: .retry
        case .logs: .logs
        case .predict: .predict
        case .verify: .verify
        case .register: .register
        case .unregister: .unregister
        case .list: .list
        case .invite: .invite
        case .notify: .notify
        case .mute: .mute
        case .members: .members
        case .build: .build
        case .images: .images
        }
    }
}

/// `/mute`: for how long.
package enum Mute: Equatable, Sendable {
    case on(seconds: Int)
    case off
    /// Neither: say how it is.
    case ask
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
    /// Nil: as long as the bot lets any training take.
    package var hours: Int?

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
    /// A table instead of the cells.
    package var table: PredictTable?

    package init(run: Int64, names: [String]? = nil, cells: [String], table: PredictTable? = nil) {
        self.run = run
        self.names = names
        self.cells = cells
        self.table = table
    }
}
