import Contract
import Foundation
import Jobs
import Store
import Telegram

extension CommandHandler {
    /// Performs the action of a button, if the role of the person allows it.
    func press(_ data: String, query: String) throws -> Toast {
        guard let action = ButtonAction(data) else { return Toast(query: query, text: Toast.tooOld) }
        guard access.has(action.word.role) else {
            let text = Toast.notAllowed(access.role, needs: action.word.role)
            return Toast(query: query, text: text, isAlert: true)
        }
        switch action {
        case .plain(let button): try press(button)
        case .run(let button, let run): return try press(button, run, query: query)
        case .blob(let button, let blob): return Toast(query: query, text: try press(button, blob))
        case .subject(.verify, let subject):
            return Toast(query: query, text: try verifyByButton(subject))
        case .subject(.fetch, let subject): return Toast(query: query, text: try fetch(subject))
        case .column(let button, let subject, let index):
            return Toast(query: query, text: try press(button, subject, index))
        case .user(.askToRemove, let user): return try askToRemove(user, query: query)
        case .user(.remove, let user): return try remove(user, query: query)
        case .retryOn(let engine, let run):
            return Toast(query: query, text: try retryByButton(run, on: engine))
        case .notify(let run, let isOn): try notify(run, isOn: isOn)
        case .runs(let filter, let page): try runs(filter, page: page)
        case .cancelPage(let page): try chooseToCancel(page: page)
        case .revokeImage(let image): return Toast(query: query, text: try revoke(image))
        case .cancelPost(let post): return Toast(query: query, text: try cancelDelayedPost(post))
        }
        return Toast(query: query)
    }

    private func press(_ button: PlainButton) throws {
        switch button {
        case .status: try status(nil)
        case .datasets: try offerDatasets()
        case .unmute: try mute(.off)
        case .members: try members()
        case .help: try help(.basics)
        case .helpAll: try help(.all)
        case .helpTrain: try help(.train)
        case .cancelOwn: try cancelOwn()
        case .cancelEverybodys: try cancelEverybodys()
        case .keepAllRunning: try replyInPlace(CancelText.keepsAllRunning)
        }
    }

    private func press(_ button: RunButton, _ run: RunID, query: String) throws -> Toast {
        switch button {
        case .status: try status(run)
        case .logs: try logs(run)
        case .refreshLogs: try logs(run, inPlace: true)
        case .fullLog: try fullLog(run)
        case .refreshEvents: try events(run)
        case .tryModel: try explainPrediction(run)
        case .askToCancel: return try askToCancel(run, query: query)
        case .cancel: return try cancelByButton(run, query: query)
        case .keepRunning: return try keepRunning(run, query: query)
        case .retry: return Toast(query: query, text: try retryByButton(run))
        case .retryWithMoreTime: return Toast(query: query, text: try retryByButton(run, withMoreTime: true))
        case .consent: return Toast(query: query, text: try consent(run), isAlert: true)
        }
        return Toast(query: query)
    }

    private func press(_ button: BlobButton, _ blob: BlobID) throws -> String? {
        switch button {
        case .train: return try trainByButton(blob)
        case .look: try transaction.enqueueLook(at: blob, origin: origin, at: now)
        case .firstRows: try firstRows(of: blob)
        }
        return nil
    }

    private func press(_ button: ColumnButton, _ subject: RunOrBlob, _ index: Int) throws -> String? {
        switch button {
        case .page: try offerColumns(subject, page: index)
        case .choose: try summarize(subject, column: index)
        case .start: try startChosen(subject, column: index)
        }
    }

    private func trainByButton(_ blob: BlobID) throws -> String {
        let work = Work.train(TrainArguments(dataset: blob))
        if let refusal = try refusal(of: work, on: policy.engine) { return refusal.text.plain }
        return try startOnce(work, on: policy.engine)
    }

    private func retryByButton(_ id: RunID, withMoreTime: Bool = false, on other: EngineName? = nil) throws
        -> String?
    {
        guard let run = try visibleRun(id) else { return Toast.noRun(id) }
        guard run.job.state.isTerminal else { return Toast.stillRunning(id) }
        let work = withMoreTime ? run.work.withMoreTime : run.work
        let engine = other ?? run.job.engine
        guard other.map(policy.engines.contains) ?? true else { return Toast.noEngine(engine) }
        if let refusal = try refusal(of: work, on: engine) { return refusal.text.plain }
        return try startOnce(work, on: engine)
    }

    /// Enqueues a run; returns the toast.
    ///
    /// People press twice: if a button of the same message has started the same work, and that run is still open,
    /// enqueues nothing. If that run has succeeded, asks first, because the work may cost money and gives the same.
    func startOnce(_ work: Work, on engine: EngineName) throws -> String {
        let twin = try transaction.openRuns(ofChat: update.chat).first { open in
            update.message != nil && open.origin.message == update.message && open.work == work
        }
        if let twin { return Toast.alreadyStarted(twin.id) }
        if let former = try formerRun(of: work) {
            try reply(EndText.askToRepeat(former))
            return Toast.alreadyDone(former.id)
        }
        let run = try transaction.enqueueRun(work, origin: origin, engine: engine, at: now)
        return Toast.started(run.id)
    }

    /// The run that a button of the same message has started with the same work, if it has succeeded.
    private func formerRun(of work: Work) throws -> Run? {
        guard let message = update.message,
            let id = try transaction.latestRun(startedBy: message, inChat: update.chat),
            let run = try visibleRun(id), run.work == work, run.job.state == .completed
        else { return nil }
        return run
    }

    private func askToCancel(_ id: RunID, query: String) throws -> Toast {
        guard let run = try visibleRun(id), !run.job.state.isTerminal else {
            return Toast(query: query, text: CancelText.hasEnded(id).text.plain)
        }
        guard access.mayCancel(run) else {
            return Toast(query: query, text: CancelText.notYours(id).text.plain, isAlert: true)
        }
        try reply(CancelText.ask(run))
        return Toast(query: query)
    }

    private func keepRunning(_ id: RunID, query: String) throws -> Toast {
        guard let run = try visibleRun(id) else { return Toast(query: query, text: Toast.noRun(id)) }
        try replyInPlace(run.job.state.isTerminal ? CancelText.hasEnded(id) : CancelText.keepsRunning(id))
        return Toast(query: query)
    }

    private func cancelByButton(_ id: RunID, query: String) throws -> Toast {
        guard let run = try visibleRun(id) else { return Toast(query: query, text: Toast.noRun(id)) }
        let answer = try requestCancel(of: run)
        guard access.mayCancel(run) else {
            return Toast(query: query, text: answer.text.plain, isAlert: true)
        }
        try replyInPlace(answer)
        return Toast(query: query, text: answer.text.plain)
    }
}

extension Work {
    /// A training or verification with twice the time limit, but at most the longest limit allowed.
    ///
    /// Other work has no time limit of its own, so it is returned unchanged.
    fileprivate var withMoreTime: Work {
        func doubled(_ hours: Int?) -> Int {
            min((hours ?? TrainArguments.defaultHours) * 2, TrainArguments.hoursAllowed.upperBound)
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
