package import Contract
package import Store

/// A command that a person sent, parsed and checked.
package enum Command: Equatable, Sendable {
    case start(code: String?)
    case help(HelpTopic)
    case train(TrainRequest)
    /// `/train` without a dataset: the bot offers the chat's datasets.
    case chooseTraining
    case status(run: RunID?)
    case runs(RunFilter)
    case events(run: RunID?)
    case cancel(CancelRequest)
    case retry(RetryRequest)
    case logs(run: RunID?)
    case predict(PredictRequest)
    case verify(RunOrBlob)
    case register(name: String)
    case unregister(name: String)
    case list
    case invite(Role)
    case notify(run: RunID?, isOn: Bool?)
    case mute(MuteRequest)
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

/// The pages of `/help`.
package enum HelpTopic: Equatable, Sendable {
    /// The first five things to do. The page fits on the screen of a phone.
    case basics
    /// Every command.
    case all
    /// The settings of `/train`.
    case train
    /// One command.
    case command(CommandWord)
}

/// The argument of `/mute`.
package enum MuteRequest: Equatable, Sendable {
    case on(seconds: Int)
    case off
    /// No argument: show whether the chat is silent.
    case show
}

/// The arguments of `/predict`: the run whose model predicts, and the rows.
package struct PredictRequest: Equatable, Sendable {
    package var run: RunID
    /// The feature names for `cells`; nil if `cells` are in the order of the model's features.
    package var names: [String]?
    package var cells: [String]
    /// A table instead of `cells`.
    package var table: PredictTable?

    package init(run: RunID, names: [String]? = nil, cells: [String], table: PredictTable? = nil) {
        self.run = run
        self.names = names
        self.cells = cells
        self.table = table
    }
}
