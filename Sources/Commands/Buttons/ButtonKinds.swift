/// Buttons without arguments, by their data.
enum PlainButton: String, CaseIterable, Sendable {
    case status = "s:*"
    /// Offers the datasets of the chat.
    case datasets = "D:*"
    case unmute = "u:*"
    case members = "M:*"
    case help = "h:1"
    case helpAll = "h:all"
    case helpTrain = "h:train"

    var word: CommandWord {
        switch self {
        case .status: .status
        case .datasets: .train
        case .unmute: .mute
        case .members: .members
        case .help, .helpAll, .helpTrain: .help
        }
    }
}

/// Buttons about one run, by their codes.
enum RunButton: String, CaseIterable, Sendable {
    case status = "s"
    case askToCancel = "c"
    case cancel = "C"
    /// Answers "no" to the question whether to cancel.
    case keepRunning = "n"
    case logs = "l"
    case refreshLogs = "L"
    case fullLog = "f"
    case refreshEvents = "E"
    case retry = "a"
    case retryWithMoreTime = "m"
    case tryModel = "y"
    /// Agrees to the price.
    case consent = "P"

    /// The code of ``consent`` until November 2026; messages of that time still show it.
    static let formerConsent = "p"

    var word: CommandWord {
        switch self {
        case .status, .keepRunning: .status
        case .askToCancel, .cancel: .cancel
        case .logs, .refreshLogs, .fullLog: .logs
        case .refreshEvents: .events
        case .retry, .retryWithMoreTime: .retry
        case .tryModel: .predict
        // Only an admin may spend money, as only an admin may build.
        case .consent: .build
        }
    }
}

/// Buttons about one blob, by their codes.
enum BlobButton: String, CaseIterable, Sendable {
    case train = "t"
    case look = "r"
    case firstRows = "p"

    var word: CommandWord {
        switch self {
        case .train: .train
        case .look, .firstRows: .status
        }
    }
}

/// Buttons about a run or any blob, by their codes.
enum SubjectButton: String, CaseIterable, Sendable {
    case verify = "v"
    /// Sends the run's model, or the blob, as a file.
    case fetch = "w"

    var word: CommandWord {
        switch self {
        case .verify: .verify
        case .fetch: .status
        }
    }
}

/// Steps of choosing a column to predict, by their codes.
enum ColumnButton: String, CaseIterable, Sendable {
    /// Shows a page of the columns.
    case page = "d"
    /// Shows a summary before a training that predicts that column.
    case choose = "k"
    /// Starts a training that predicts that column.
    case start = "g"
}

/// Buttons about one person, by their codes.
enum UserButton: String, CaseIterable, Sendable {
    case askToRemove = "x"
    case remove = "X"
}
