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
            guard let run = try visibleRun(number) else { return try say(Words.noRun(number)) }
            guard let blob = run.dataset else {
                return try say(run.job.state.isTerminal ? Words.noDataset(number) : Words.notReady(number))
            }
            dataset = blob
        }
        if let name = request.parameters.command, policy.commands[name] == nil {
            return try refuse(UsageError(.train, policy.commands.lack(of: name)))
        }
        let work = Work.train(
            TrainArguments(dataset: dataset, parameters: request.parameters, hours: request.hours)
        )
        let engine = request.engine ?? policy.engine
        if let refusal = try refusal(of: work, on: engine) { return try say(refusal) }
        _ = try transaction.startRun(work, origin: origin, engine: engine, at: now)
    }

    func status(_ number: Int64?) throws {
        guard let number else {
            let open = try transaction.openRuns(ofChat: incoming.chat).map { run in
                (run: run, ahead: try transaction.jobsAhead(of: run.job))
            }
            let ends: [Job.State] = [.completed, .discarded, .cancelled]
            let ended = try transaction.runs(ofChat: incoming.chat, in: ends, limit: 5)
            return try redraw(StatusWords.status(open: open, ended: ended, now: now))
        }
        guard let run = try visibleRun(number) else { return try say(Words.noRun(number)) }
        let view = RunView(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
        guard run.job.state.isTerminal, run.run.work.kind != .store else {
            return try say(Answer(view.text, keyboard: view.keyboard))
        }
        // What came of it can be used from here, too.
        let log = try transaction.log(ofJob: run.job.id ?? 0, last: EndView.logLines)
        let end = EndView(run: run, policy: policy, log: log)
        try say(Answer(view.text + "\n\n" + end.text, keyboard: end.keyboard))
    }

    func runs(_ filter: RunFilter, page: Int) throws {
        let (chat, states) = (incoming.chat, filter.states)
        let total = try transaction.runCount(ofChat: chat, in: states)
        let pages = max(1, (total + StatusWords.pageSize - 1) / StatusWords.pageSize)
        let page = min(max(1, page), pages)
        let runs = try transaction.runs(
            ofChat: chat,
            in: states,
            skipping: (page - 1) * StatusWords.pageSize,
            limit: StatusWords.pageSize
        )
        try redraw(StatusWords.runs(runs, filter, page: page, of: total, now: now))
    }

    func events(_ number: Int64?) throws {
        guard let run = try namedOrLatest(number) else { return }
        let events = try transaction.events(ofRun: run.number, limit: EventWords.limit)
        try redraw(EventWords.timeline(of: run, events))
    }

    func cancel(_ number: Int64?) throws {
        guard let run = try chosen(number, from: try transaction.openRuns(ofChat: incoming.chat)) else {
            return
        }
        // A number is a word that one types on purpose; without it the bot asks.
        guard number != nil || isForbidden(run) else { return try say(StopWords.ask(run)) }
        let answer = try stop(run)
        // What waited has ended with that, and its end is told anyway.
        let hasJustEnded =
            try !run.job.state.isTerminal && visibleRun(run.number)?.job.state.isTerminal == true
        if !hasJustEnded { try say(answer) }
    }

    private func isForbidden(_ run: RunAndJob) -> Bool {
        !permissions.mayStop(run.run, user: incoming.user, role: role)
    }

    func retry(_ number: Int64?) throws {
        guard let run = try number.map({ try visibleRun($0) }) ?? latestToRetry() else {
            return try say(number.map(Words.noRun) ?? Words.noRuns)
        }
        guard run.job.state.isTerminal else { return try say(Words.stillGoing(run.number)) }
        if let refusal = try refusal(of: run.run.work, on: run.job.engine) { return try say(refusal) }
        _ = try transaction.startRun(run.run.work, origin: origin, engine: run.job.engine, at: now)
    }

    /// The latest that has ended; where none has, the latest.
    private func latestToRetry() throws -> RunAndJob? {
        let ends: [Job.State] = [.completed, .discarded, .cancelled]
        return try transaction.runs(ofChat: incoming.chat, in: ends, limit: 1).first
            ?? transaction.runs(ofChat: incoming.chat, limit: 1).first
    }

    func logs(_ number: Int64?, inPlace: Bool = false) throws {
        guard let run = try namedOrLatest(number) else { return }
        let id = run.job.id ?? 0
        let lines = try transaction.log(ofJob: id, last: 200)
        let total = try transaction.logLineCount(ofJob: id)
        let tail = LogWords.tail(of: lines, total: total, run: run.number)
        if inPlace { try redraw(tail) } else { try say(tail) }
    }

    func fullLog(_ number: Int64) throws {
        guard let run = try namedOrLatest(number) else { return }
        let lines = try transaction.logLineCount(ofJob: run.job.id ?? 0)
        try say(
            lines == 0 ? LogWords.nothing(run: run.number) : LogWords.whole(run: run.number, lines: lines)
        )
    }

    func predict(_ request: PredictRequest) throws {
        guard let run = try visibleRun(request.run) else { return try say(Words.noRun(request.run)) }
        guard case .trained(let result)? = run.job.outcome, result.metrics.figures == nil else {
            return try say(
                run.job.state.isTerminal ? PredictView.noModel(request.run) : Words.notReady(request.run)
            )
        }
        if let file = request.table?.file, let refusal = refusal(of: file) { return try say(refusal) }
        let arguments = PredictArguments(
            run: request.run,
            model: result.model.id,
            names: request.names,
            cells: request.cells,
            table: request.table
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
        guard permissions.mayStop(run.run, user: incoming.user, role: role) else {
            return StopWords.notYours(run.number)
        }
        guard !run.job.state.isTerminal else { return StopWords.endedAlready(run.number) }
        return StopWords.stopping(try transaction.cancel(run: run.number, by: incoming.userName, at: now))
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
        try say(runs.isEmpty ? StopWords.nothing : StopWords.which(runs.map(\.number)))
        return nil
    }

    /// The named run, or the latest of the chat; else it is said that there is none.
    func namedOrLatest(_ number: Int64?) throws -> RunAndJob? {
        let latest = try transaction.runs(ofChat: incoming.chat, limit: 1).first
        if let run = try number.map({ try visibleRun($0) }) ?? latest { return run }
        try say(number.map(Words.noRun) ?? Words.noRuns)
        return nil
    }
}
