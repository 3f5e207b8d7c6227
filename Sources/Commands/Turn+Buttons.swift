import Contract
import Foundation
import Jobs
import Store
import Telegram

extension Turn {
    /// Does what a button asks, after asking again whether this person may.
    func press(_ data: String, query: String) throws -> Toast {
        guard let action = ButtonAction(data) else {
            return Toast(query: query, text: Toast.tooOld)
        }
        guard permissions.mayUse(action.word, role) else {
            return Toast(query: query, text: Toast.notForYou, isAlert: true)
        }
        switch action {
        case .train(let blob): return Toast(query: query, text: try trainOnce(blob))
        case .look(let blob): try transaction.look(at: blob, origin: origin, at: now)
        case .rows(let blob): try firstRows(of: blob)
        case .datasets: try offerDatasets()
        case .columns(let basis, let page):
            return Toast(query: query, text: try offerColumns(basis, page: page))
        case .column(let basis, let index):
            return Toast(query: query, text: try offerGo(basis, column: index))
        case .go(let basis, let index): return Toast(query: query, text: try go(basis, column: index))
        case .askToStop(let number): return try askToStop(number, query: query)
        case .stop(let number): return try stopByButton(number, query: query)
        case .keep(let number): return try keep(number, query: query)
        case .logs(let number): try logs(number)
        case .refreshLogs(let number): try logs(number, inPlace: true)
        case .fullLog(let number): try fullLog(number)
        case .again(let number): return Toast(query: query, text: try againOnce(number))
        case .moreTime(let number):
            return Toast(query: query, text: try againOnce(number, withMoreTime: true))
        case .elsewhere(let number, let engine):
            return Toast(query: query, text: try againOnce(number, on: engine))
        case .tryIt(let number): try tryIt(number)
        case .verify(let subject): return Toast(query: query, text: try verifyOnce(subject))
        case .fetch(let subject): return Toast(query: query, text: try fetch(subject))
        case .status(let number): try status(number)
        case .runs(let filter, let page): try runs(filter, page: page)
        case .refreshEvents(let number): try events(number)
        case .notify(let number, let isOn): try notify(number, isOn: isOn)
        case .unmute: try mute(.off)
        case .members: try members()
        case .askToRemove(let user): return try askToRemove(user, query: query)
        case .remove(let user): return try remove(user, query: query)
        case .help: try say(Words.help)
        case .consent(let number): return Toast(query: query, text: try consent(number), isAlert: true)
        case .revoke(let image): return Toast(query: query, text: try revoke(image))
        }
        return Toast(query: query)
    }

    /// Says `answer` in place of the message whose button was pressed; anew where nobody knows which that is.
    func redraw(_ answer: Answer) throws {
        var answer = answer
        if case .tap = incoming.content { answer.edits = incoming.message }
        try say(answer)
    }

    private func trainOnce(_ blob: BlobID) throws -> String {
        let work = Work.train(TrainArguments(dataset: blob))
        if let refusal = try refusal(of: work, on: policy.engine) { return refusal.text.plain }
        return try startOnce(work, on: policy.engine)
    }

    private func againOnce(_ number: Int64, withMoreTime: Bool = false, on other: String? = nil) throws
        -> String?
    {
        guard let run = try visibleRun(number) else { return Toast.noRun(number) }
        guard run.job.state.isTerminal else { return Toast.stillGoing(number) }
        let work = withMoreTime ? run.run.work.withMoreTime : run.run.work
        let engine = other ?? run.job.engine
        guard other.map(policy.engines.contains) ?? true else { return Toast.noEngine(engine) }
        if let refusal = try refusal(of: work, on: engine) { return refusal.text.plain }
        return try startOnce(work, on: engine)
    }

    /// Starts the work, unless an impatient finger has just started it with the same button.
    func startOnce(_ work: Work, on engine: String) throws -> String {
        let twin = try transaction.openRuns(ofChat: incoming.chat).first { open in
            incoming.message != nil && open.run.origin.message == incoming.message && open.run.work == work
        }
        if let twin { return Toast.alreadyOn(twin.number) }
        let run = try transaction.startRun(work, origin: origin, engine: engine, at: now)
        return Toast.onItsWay(run.id ?? 0)
    }

    private func askToStop(_ number: Int64, query: String) throws -> Toast {
        guard let run = try visibleRun(number), !run.job.state.isTerminal else {
            return Toast(query: query, text: StopWords.endedAlready(number).text.plain)
        }
        guard permissions.mayStop(run.run, user: incoming.user, role: role) else {
            return Toast(query: query, text: StopWords.notYours(number).text.plain, isAlert: true)
        }
        try say(StopWords.ask(run))
        return Toast(query: query)
    }

    private func keep(_ number: Int64, query: String) throws -> Toast {
        guard let run = try visibleRun(number) else { return Toast(query: query, text: Toast.noRun(number)) }
        try redraw(run.job.state.isTerminal ? StopWords.endedAlready(number) : StopWords.keeps(number))
        return Toast(query: query)
    }

    private func stopByButton(_ number: Int64, query: String) throws -> Toast {
        guard let run = try visibleRun(number) else { return Toast(query: query, text: Toast.noRun(number)) }
        let answer = try stop(run)
        let isTheirs = permissions.mayStop(run.run, user: incoming.user, role: role)
        guard isTheirs else { return Toast(query: query, text: answer.text.plain, isAlert: true) }
        try redraw(answer)
        return Toast(query: query, text: answer.text.plain)
    }
}

extension Work {
    /// The same, with twice the time that it had, as far as any work may have that.
    fileprivate var withMoreTime: Work {
        func doubled(_ hours: Int?) -> Int {
            min((hours ?? TrainArguments.usualHours) * 2, TrainArguments.hoursAllowed.upperBound)
        }
        switch self {
        case .train(var arguments):
            arguments.hours = doubled(arguments.hours)
            return .train(arguments)
        case .verify(var arguments):
            arguments.hours = doubled(arguments.hours)
            return .verify(arguments)
        case .look, .store, .predict, .fetch, .build: return self
        }
    }
}
