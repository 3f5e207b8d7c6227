import Contract
import Telegram

/// What a button asks for; its text form is what the button carries, and may come from anyone in any shape.
enum ButtonAction: Equatable, Sendable {
    case train(BlobID)
    case look(BlobID)
    case rows(BlobID)
    /// The model of a run, or any blob, as a file.
    case fetch(RunOrBlob)
    /// The datasets to choose from.
    case datasets
    /// A page of the columns to choose from.
    case columns(RunOrBlob, page: Int)
    case column(RunOrBlob, Int)
    /// Train, predicting that column.
    case go(RunOrBlob, Int)
    case askToStop(Int64)
    case stop(Int64)
    case keep(Int64)
    case logs(Int64)
    case refreshLogs(Int64)
    case fullLog(Int64)
    case again(Int64)
    case moreTime(Int64)
    /// The same work again, on that engine.
    case elsewhere(Int64, String)
    case tryIt(Int64)
    case verify(RunOrBlob)
    case status(Int64?)
    case runs(RunFilter, page: Int)
    case refreshEvents(Int64)
    case notify(Int64, isOn: Bool)
    case unmute
    case members
    case askToRemove(Int64)
    case remove(Int64)
    case help
    case revoke(Int64)
    case consent(Int64)

    init?(_ data: String) {
        let parts = data.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let action = Self.read(parts), action.data == data else { return nil }
        self = action
    }

    private static func read(_ parts: [String]) -> ButtonAction? {
        guard parts.count > 1 else { return nil }
        let number = Int64(parts[1]).flatMap { $0 > 0 ? $0 : nil }
        let second = parts.count == 3 ? Int(parts[2]).flatMap { $0 >= 0 ? $0 : nil } : nil
        switch (parts[0], number) {
        case ("c", let number?): return .askToStop(number)
        case ("C", let number?): return .stop(number)
        case ("n", let number?): return .keep(number)
        case ("l", let number?): return .logs(number)
        case ("L", let number?): return .refreshLogs(number)
        case ("f", let number?): return .fullLog(number)
        case ("a", let number?): return .again(number)
        case ("m", let number?): return .moreTime(number)
        case ("o", let number?): return parts.count == 3 ? .elsewhere(number, parts[2]) : nil
        case ("y", let number?): return .tryIt(number)
        case ("s", let number?): return .status(number)
        case ("E", let number?): return .refreshEvents(number)
        case ("q", let number?): return .notify(number, isOn: second == 1)
        case ("x", let number?): return .askToRemove(number)
        case ("X", let number?): return .remove(number)
        case ("s", nil): return .status(nil)
        case ("u", nil): return .unmute
        case ("M", nil): return .members
        case ("D", nil): return .datasets
        case ("R", nil):
            return RunFilter(rawValue: parts[1]).flatMap { filter in second.map { .runs(filter, page: $0) } }
        case ("e", let number?): return .revoke(number)
        case ("p", let number?): return .consent(number)
        case ("h", _): return .help
        default: return readSubject(parts, second)
        }
    }

    private static func readSubject(_ parts: [String], _ second: Int?) -> ButtonAction? {
        switch (parts[0], RunOrBlob(parts[1]), second) {
        case ("d", let basis?, let page?): .columns(basis, page: page)
        case ("k", let basis?, let index?): .column(basis, index)
        case ("g", let basis?, let index?): .go(basis, index)
        case ("v", let subject?, nil): .verify(subject)
        case ("w", let subject?, nil): .fetch(subject)
        case ("t", .blob(let blob)?, nil): .train(blob)
        case ("r", .blob(let blob)?, nil): .look(blob)
        case ("p", .blob(let blob)?, nil): .rows(blob)
        default: nil
        }
    }

    /// The text form, 64 bytes at the most.
    var data: String {
        switch self {
        case .train(let blob): "t:\(blob)"
        case .look(let blob): "r:\(blob)"
        case .rows(let blob): "p:\(blob)"
        case .datasets: "D:*"
        case .columns(let basis, let page): "d:\(basis.data):\(page)"
        case .column(let basis, let index): "k:\(basis.data):\(index)"
        case .go(let basis, let index): "g:\(basis.data):\(index)"
        case .askToStop(let number): "c:\(number)"
        case .stop(let number): "C:\(number)"
        case .keep(let number): "n:\(number)"
        case .logs(let number): "l:\(number)"
        case .refreshLogs(let number): "L:\(number)"
        case .fullLog(let number): "f:\(number)"
        case .again(let number): "a:\(number)"
        case .moreTime(let number): "m:\(number)"
        case .elsewhere(let number, let engine): "o:\(number):\(engine)"
        case .tryIt(let number): "y:\(number)"
        case .verify(let subject): "v:\(subject.data)"
        case .fetch(let subject): "w:\(subject.data)"
        case .status(let number): "s:\(number.map(String.init) ?? "*")"
        case .runs(let filter, let page): "R:\(filter.rawValue):\(page)"
        case .refreshEvents(let number): "E:\(number)"
        case .notify(let number, let isOn): "q:\(number):\(isOn ? 1 : 0)"
        case .unmute: "u:*"
        case .members: "M:*"
        case .askToRemove(let user): "x:\(user)"
        case .remove(let user): "X:\(user)"
        case .help: "h:1"
        case .revoke(let image): "e:\(image)"
        case .consent(let number): "p:\(number)"
        }
    }

    /// The command whose rules hold for the button too.
    var word: CommandWord {
        switch self {
        case .train, .datasets, .columns, .column, .go: .train
        case .look, .rows, .fetch, .status, .keep: .status
        case .askToStop, .stop: .cancel
        case .logs, .refreshLogs, .fullLog: .logs
        case .again, .moreTime, .elsewhere: .retry
        case .tryIt: .predict
        case .verify: .verify
        case .runs: .runs
        case .refreshEvents: .events
        case .notify: .notify
        case .unmute: .mute
        case .members, .askToRemove, .remove: .members
        case .help: .help
        // An admin's alone, all of them.
        case .revoke, .consent: .build
        }
    }
}

extension InlineButton {
    /// For who has no dataset yet.
    static let demo = callback("▶️ Try the demo blob", "t:\(Demo.blob)", style: .primary)

    static func action(_ text: String, _ action: ButtonAction, style: Style? = nil) -> InlineButton {
        .callback(text, action.data, style: style)
    }
}
