import Contract
import Foundation
import Jobs
import Store
import Telegram

/// What a button asks for; its text form is what the button carries, and may come from anyone in any shape.
enum ButtonAction: Equatable, Sendable {
    case train(BlobID)
    case look(BlobID)
    case askToStop(Int64)
    case stop(Int64)
    case keep(Int64)
    case logs(Int64)
    case again(Int64)
    case tryIt(Int64)
    case status(Int64?)
    case help
    case revoke(Int64)
    case consent(Int64)

    init?(_ data: String) {
        let parts = data.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        guard parts.count == 2 else { return nil }
        let blob = try? BlobID(parts[1])  // else it is a number, or nothing
        let number = Int64(parts[1]).flatMap { $0 > 0 ? $0 : nil }
        switch (parts[0], blob, number) {
        case ("t", let blob?, _): self = .train(blob)
        case ("r", let blob?, _): self = .look(blob)
        case ("c", _, let number?): self = .askToStop(number)
        case ("C", _, let number?): self = .stop(number)
        case ("n", _, let number?): self = .keep(number)
        case ("l", _, let number?): self = .logs(number)
        case ("a", _, let number?): self = .again(number)
        case ("y", _, let number?): self = .tryIt(number)
        case ("s", _, let number?): self = .status(number)
        case ("s", _, nil) where parts[1] == "*": self = .status(nil)
        case ("h", _, _): self = .help
        case ("e", _, let number?): self = .revoke(number)
        case ("p", _, let number?): self = .consent(number)
        default: return nil
        }
    }

    /// The text form, 64 bytes at the most.
    var data: String {
        switch self {
        case .train(let blob): "t:\(blob)"
        case .look(let blob): "r:\(blob)"
        case .askToStop(let number): "c:\(number)"
        case .stop(let number): "C:\(number)"
        case .keep(let number): "n:\(number)"
        case .logs(let number): "l:\(number)"
        case .again(let number): "a:\(number)"
        case .tryIt(let number): "y:\(number)"
        case .status(let number): "s:\(number.map(String.init) ?? "*")"
        case .help: "h:1"
        case .revoke(let image): "e:\(image)"
        case .consent(let number): "p:\(number)"
        }
    }

    /// The command whose rules hold for the button too.
    var word: CommandWord {
        switch self {
        case .train: .train
        case .look, .status, .keep: .status
        case .askToStop, .stop: .cancel
        case .logs: .logs
        case .again: .retry
        case .tryIt: .predict
        case .help: .help
        // An admin's alone, all of them.
        case .revoke, .consent: .build
        }
    }
}

extension InlineButton {
    static func action(_ text: String, _ action: ButtonAction, style: Style? = nil) -> InlineButton {
        .callback(text, action.data, style: style)
    }
}

extension Turn {
    /// Does what a button asks, after asking again whether this person may.
    func press(_ data: String, query: String) throws -> Toast {
        guard let action = ButtonAction(data) else {
            return Toast(query: query, text: "This button is too old.")
        }
        guard Permissions(policy: policy).mayUse(action.word, role) else {
            return Toast(query: query, text: "This is not for you to press.", isAlert: true)
        }
        switch action {
        case .train(let blob): return Toast(query: query, text: try trainOnce(blob))
        case .look(let blob): try transaction.look(at: blob, origin: origin, at: now)
        case .askToStop(let number): return try askToStop(number, query: query)
        case .stop(let number): return try stopByButton(number, query: query)
        case .keep(let number): return Toast(query: query, text: "Run \(number) goes on.")
        case .logs(let number): try logs(number)
        case .again(let number): return Toast(query: query, text: try againOnce(number))
        case .tryIt(let number): try tryIt(number)
        case .status(let number): try status(number)
        case .help: try say(Words.help)
        case .consent(let number): return Toast(query: query, text: try consent(number), isAlert: true)
        case .revoke(let image): return Toast(query: query, text: try revoke(image))
        }
        return Toast(query: query)
    }

    private func trainOnce(_ blob: BlobID) throws -> String {
        let work = Work.train(TrainArguments(dataset: blob))
        if let refusal = try refusal(of: work, on: policy.engine) { return refusal.text.plain }
        return try startOnce(work, on: policy.engine)
    }

    private func againOnce(_ number: Int64) throws -> String? {
        guard let run = try visibleRun(number) else { return "There is no run \(number)." }
        guard run.job.state.isTerminal else { return "Run \(number) is still going." }
        if let refusal = try refusal(of: run.run.work, on: run.job.engine) { return refusal.text.plain }
        return try startOnce(run.run.work, on: run.job.engine)
    }

    /// Starts the work, unless an impatient finger has just started it with the same button.
    private func startOnce(_ work: Work, on engine: String) throws -> String {
        let twin = try transaction.openRuns(ofChat: incoming.chat).first { open in
            incoming.message != nil && open.run.origin.message == incoming.message && open.run.work == work
        }
        if let twin { return "Run \(twin.number) is on it already." }
        let run = try transaction.startRun(work, origin: origin, engine: engine, at: now)
        return "Run \(run.id ?? 0) is on its way."
    }

    private func askToStop(_ number: Int64, query: String) throws -> Toast {
        guard let run = try visibleRun(number), !run.job.state.isTerminal else {
            return Toast(query: query, text: "Run \(number) has ended already.")
        }
        guard Permissions(policy: policy).mayStop(run.run, user: incoming.user, role: role) else {
            return Toast(query: query, text: Words.notYours(number).text.plain, isAlert: true)
        }
        try say(Words.askToStop(number))
        return Toast(query: query)
    }

    private func stopByButton(_ number: Int64, query: String) throws -> Toast {
        guard let run = try visibleRun(number) else {
            return Toast(query: query, text: "There is no run \(number).")
        }
        return Toast(query: query, text: try stop(run).text.plain)
    }
}
