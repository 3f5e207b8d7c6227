import Contract
import Store
import Telegram

/// The action of a button, with its arguments.
///
/// Anyone can send any text as the data of a button, so ``init(_:)`` accepts only the exact form that ``data`` writes,
/// and the former code of ``RunButton/consent``.
enum ButtonAction: Equatable, Sendable {
    case plain(PlainButton)
    case run(RunButton, RunID)
    case blob(BlobButton, BlobID)
    case subject(SubjectButton, RunOrBlob)
    /// A step in choosing the column to predict; the integer is the number of a page or the index of a column.
    case column(ColumnButton, RunOrBlob, Int)
    case user(UserButton, UserID)
    /// Starts the work of the run again, on the engine.
    case retryOn(EngineName, RunID)
    case notify(RunID, isOn: Bool)
    case runs(RunFilter, page: Int)
    /// A page of the runs that the person may cancel.
    case cancelPage(Int)
    case revokeImage(ImageID)
    case cancelPost(DelayedPostID)

    /// The data of the button: a code, then the arguments.
    ///
    /// Telegram allows at most 64 bytes.
    var data: String {
        switch self {
        case .plain(let button): button.rawValue
        case .run(let button, let run): "\(button.rawValue):\(run)"
        case .blob(let button, let blob): "\(button.rawValue):\(blob)"
        case .subject(let button, let subject): "\(button.rawValue):\(subject.data)"
        case .column(let button, let subject, let index): "\(button.rawValue):\(subject.data):\(index)"
        case .user(let button, let user): "\(button.rawValue):\(user)"
        case .retryOn(let engine, let run): "o:\(run):\(engine)"
        case .notify(let run, let isOn): "q:\(run):\(isOn ? 1 : 0)"
        case .runs(let filter, let page): "R:\(filter.rawValue):\(page)"
        case .cancelPage(let page): "K:\(page)"
        case .revokeImage(let image): "e:\(image)"
        case .cancelPost(let post): "z:\(post)"
        }
    }

    init?(_ data: String) {
        let parts = data.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let action: ButtonAction? =
            switch parts.count {
            case 2: Self.read(parts[0], parts[1])
            case 3: Self.read(parts[0], parts[1], parts[2])
            default: nil
            }
        guard let action, [data, Self.renamed(data)].contains(action.data) else { return nil }
        self = action
    }

    private static func read(_ code: String, _ argument: String) -> ButtonAction? {
        if let plain = PlainButton(rawValue: "\(code):\(argument)") { return .plain(plain) }
        if let run = RunID(argument) {
            let code = code == RunButton.formerConsent ? RunButton.consent.rawValue : code
            if let button = RunButton(rawValue: code) { return .run(button, run) }
        }
        if let button = UserButton(rawValue: code) { return UserID(argument).map { .user(button, $0) } }
        if code == "K" { return Int(argument).flatMap { $0 >= 1 ? .cancelPage($0) : nil } }
        if code == "e" { return ImageID(argument).map { .revokeImage($0) } }
        if code == "z" { return DelayedPostID(argument).map { .cancelPost($0) } }
        guard let subject = RunOrBlob(argument) else { return nil }
        if let button = SubjectButton(rawValue: code) { return .subject(button, subject) }
        guard case .blob(let blob) = subject else { return nil }
        return BlobButton(rawValue: code).map { .blob($0, blob) }
    }

    private static func read(_ code: String, _ first: String, _ second: String) -> ButtonAction? {
        switch code {
        case "o":
            return RunID(first).flatMap { run in EngineName(rawValue: second).map { .retryOn($0, run) } }
        case "q": return RunID(first).map { .notify($0, isOn: second == "1") }
        case "R":
            guard let filter = RunFilter(rawValue: first), let page = Int(second), page >= 1 else {
                return nil
            }
            return .runs(filter, page: page)
        default:
            guard let button = ColumnButton(rawValue: code), let subject = RunOrBlob(first),
                let index = Int(second), index >= 0
            else { return nil }
            return .column(button, subject, index)
        }
    }

    /// Replaces the former code of ``RunButton/consent`` by the present one; returns any other data unchanged.
    private static func renamed(_ data: String) -> String {
        data.hasPrefix("\(RunButton.formerConsent):")
            ? RunButton.consent.rawValue + data.dropFirst(RunButton.formerConsent.count) : data
    }

    /// The command whose role a person needs to press the button.
    var word: CommandWord {
        switch self {
        case .plain(let button): button.word
        case .run(let button, _): button.word
        case .blob(let button, _): button.word
        case .subject(let button, _): button.word
        case .column: .train
        case .user: .members
        case .retryOn: .retry
        case .notify: .notify
        case .runs: .runs
        case .cancelPage: .cancel
        case .revokeImage: .build
        case .cancelPost: .unregister
        }
    }
}

extension InlineButton {
    /// Trains on the dataset of the demo: for people who have no dataset yet.
    static let demo = callback("▶️ Try the demo blob", "t:\(Demo.blob)", style: .primary)

    static func action(_ text: String, _ action: ButtonAction, style: Style? = nil) -> InlineButton {
        .callback(text, action.data, style: style)
    }
}
