/// Buttons without arguments; the raw value is the button's data.
enum PlainButton: String, CaseIterable, Sendable {
    case status = "s:*"
    /// Offers the datasets of the chat.
    case datasets = "D:*"
    case unmute = "u:*"
    case members = "M:*"
    case help = "h:1"
    case helpAll = "h:all"
    case helpTrain = "h:train"
    /// Cancels every open run that the person has started in this chat.
    case cancelOwn = "C:own"
    /// Cancels every open run of this chat.
    case cancelEverybodys = "C:all"
    /// Answers "no" to the question whether to cancel them all.
    case keepAllRunning = "n:all"

    var word: CommandWord {
        switch self {
        case .status: .status
        case .datasets: .train
        case .unmute: .mute
        case .members: .members
        case .help, .helpAll, .helpTrain: .help
        case .cancelOwn, .cancelEverybodys: .cancel
        case .keepAllRunning: .status
        }
    }
}

/// Buttons about one run; the raw value is the code at the start of the button's data.
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

    /// The code of ``consent`` until November 2026.
    ///
    /// The buttons of older messages still send it.
    static let formerConsent = "p"

    var word: CommandWord {
        switch self {
        case .status, .keepRunning: .status
        case .askToCancel, .cancel: .cancel
        case .logs, .refreshLogs, .fullLog: .logs
        case .refreshEvents: .events
        case .retry, .retryWithMoreTime: .retry
        case .tryModel: .predict
        // Only an admin may spend money, so the button needs the role of `/build`.
        case .consent: .build
        }
    }
}

/// Buttons about one blob; the raw value is the code at the start of the button's data.
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

/// Buttons about a run or any blob; the raw value is the code at the start of the button's data.
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

/// Steps in choosing the column to predict; the raw value is the code at the start of the button's data.
enum ColumnButton: String, CaseIterable, Sendable {
    /// Shows a page of the columns.
    case page = "d"
    /// Shows a summary of a training that predicts the column; the training does not start yet.
    case choose = "k"
    /// Starts a training that predicts the column.
    case start = "g"
}

/// Buttons about one person; the raw value is the code at the start of the button's data.
enum UserButton: String, CaseIterable, Sendable {
    case askToRemove = "x"
    case remove = "X"
}
