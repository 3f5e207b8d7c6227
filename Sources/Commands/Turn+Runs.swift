import Contract
import Foundation
import Jobs
import Store
import Telegram

extension Turn {
    func train(_ request: TrainRequest) throws {
        let dataset: BlobID
        switch request.dataset {
        case .blob(let blob): dataset = blob
        case .run(let number):
            guard let run = try visibleRun(number), case .train(let arguments) = run.run.work else {
                return try say(Words.noRun(number))
            }
            dataset = arguments.dataset
        }
        if let name = request.parameters.command, policy.commands[name] == nil {
            return try refuse(UsageError(.train, policy.commands.lack(of: name)))
        }
        let work = Work.train(TrainArguments(dataset: dataset, parameters: request.parameters))
        let engine = request.engine ?? policy.engine
        if let refusal = try refusal(of: work, on: engine) { return try say(refusal) }
        _ = try transaction.startRun(work, origin: origin, engine: engine, at: now)
    }

    func status(_ number: Int64?) throws {
        guard let number else {
            let open = try transaction.openRuns(ofChat: incoming.chat)
            let recent = try transaction.runs(ofChat: incoming.chat, limit: 5)
            return try say(StatusWords.status(open: open, recent: recent, now: now))
        }
        guard let run = try visibleRun(number) else { return try say(Words.noRun(number)) }
        let view = RunView(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
        try say(Answer(view.text, keyboard: view.keyboard))
    }

    func cancel(_ number: Int64?) throws {
        guard let run = try chosen(number, from: try transaction.openRuns(ofChat: incoming.chat)) else {
            return
        }
        try say(try stop(run))
    }

    func retry(_ number: Int64?) throws {
        let ended = try transaction.runs(ofChat: incoming.chat, limit: 20).first { $0.job.state.isTerminal }
        guard let run = try number.map({ try visibleRun($0) }) ?? ended else {
            return try say(number.map(Words.noRun) ?? Words.noRuns)
        }
        guard run.job.state.isTerminal else { return try say(Words.stillGoing(run.number)) }
        if let refusal = try refusal(of: run.run.work, on: run.job.engine) { return try say(refusal) }
        _ = try transaction.startRun(run.run.work, origin: origin, engine: run.job.engine, at: now)
    }

    func logs(_ number: Int64?) throws {
        let latest = try transaction.runs(ofChat: incoming.chat, limit: 1).first
        guard let run = try number.map({ try visibleRun($0) }) ?? latest else {
            return try say(number.map(Words.noRun) ?? Words.noRuns)
        }
        let id = run.job.id ?? 0
        let lines = try transaction.log(ofJob: id, last: 200)
        try say(LogWords.tail(of: lines, total: try transaction.logLineCount(ofJob: id), run: run.number))
    }

    func predict(_ request: PredictRequest) throws {
        guard let run = try visibleRun(request.run) else { return try say(Words.noRun(request.run)) }
        guard case .trained(let result)? = run.job.outcome, result.metrics.figures == nil else {
            return try say(PredictView.noModel(request.run))
        }
        let arguments = PredictArguments(
            run: request.run,
            model: result.model.id,
            names: request.names,
            cells: request.cells
        )
        try transaction.predict(arguments, origin: origin, at: now)
    }

    /// How to ask the model of a run.
    func tryIt(_ number: Int64) throws {
        guard let run = try visibleRun(number), case .trained(let result)? = run.job.outcome else {
            return try say(Words.noRun(number))
        }
        try say(PredictView.howTo(number, result.metrics))
    }

    /// Stops the run for whoever may, and says what came of it.
    func stop(_ run: RunAndJob) throws -> Answer {
        guard Permissions(policy: policy).mayStop(run.run, user: incoming.user, role: role) else {
            return Words.notYours(run.number)
        }
        guard !run.job.state.isTerminal else { return Words.endedAlready(run.number) }
        return Words.stopping(try transaction.cancel(run: run.number, at: now))
    }

    /// The run of that number, where it is of this chat or an admin asks.
    func visibleRun(_ number: Int64) throws -> RunAndJob? {
        guard let run = try transaction.run(number) else { return nil }
        return run.run.origin.chat == incoming.chat || role == .admin ? run : nil
    }

    /// The run that is meant: the named one, or the only one there is; else it is said what is missing.
    private func chosen(_ number: Int64?, from runs: [RunAndJob]) throws -> RunAndJob? {
        if let number {
            let run = try visibleRun(number)
            if run == nil { try say(Words.noRun(number)) }
            return run
        }
        if runs.count == 1 { return runs[0] }
        try say(runs.isEmpty ? Words.nothingRuns : Words.whichRun(runs.map(\.number)))
        return nil
    }
}
