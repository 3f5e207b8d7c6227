import Contract
import Jobs
import Store

extension CommandHandler {
    func cancel(_ request: CancelRequest) throws {
        switch request {
        case .choose: try chooseToCancel(page: 1)
        case .runs(let ids) where ids.count == 1: try cancel(ids[0])
        case .runs(let ids): try cancel(ids)
        case .own: try cancelOwn()
        case .everybodys: try askToCancelEverybodys()
        }
    }

    /// Cancels the run, if the person is allowed to; returns the answer.
    func requestCancel(of run: Run) throws -> Answer {
        guard access.mayCancel(run) else {
            refusals.count += 1
            return CancelText.notYours(run.id)
        }
        guard !run.job.state.isTerminal else { return CancelText.hasEnded(run.id) }
        return CancelText.stopping(
            try transaction.requestCancel(of: run.id, by: update.userName, at: now)
        )
    }

    /// Asks whether to cancel the chat's only open run; if several are open, offers those that the person may cancel, a
    /// page of them.
    func chooseToCancel(page: Int) throws {
        let open = try transaction.openRuns(ofChat: update.chat)
        guard let first = open.first else { return try replyInPlace(CancelText.nothing) }
        if open.count == 1 {
            let mayCancel = access.mayCancel(first)
            return try replyInPlace(mayCancel ? CancelText.ask(first) : CancelText.notYours(first.id))
        }
        let allowed = open.filter(access.mayCancel).map(\.id)
        guard !allowed.isEmpty else {
            refusals.count += 1
            return try replyInPlace(CancelText.noneIsYours(open.count))
        }
        let own = open.count { $0.origin.user == update.user }
        try replyInPlace(CancelText.which(allowed, own: own, page: page))
    }

    private func cancel(_ id: RunID) throws {
        guard let run = try visibleRun(id) else { return try refuse(RefusalText.noRun(id)) }
        let answer = try requestCancel(of: run)
        // A waiting run ends at once, and the message about the end of the run is enough.
        let hasJustEnded = try !run.job.state.isTerminal && visibleRun(run.id)?.job.state.isTerminal == true
        try hasJustEnded ? transaction.answerWithEnd(ofRun: id) : reply(answer)
    }
}

// MARK: - Many runs, with one answer

extension CommandHandler {
    private func cancel(_ ids: [RunID]) throws {
        var (runs, others): ([Run], [Answer]) = ([], [])
        for id in ids {
            guard let run = try visibleRun(id) else {
                refusals.count += 1
                others.append(RefusalText.noRun(id))
                continue
            }
            if access.mayCancel(run), !run.job.state.isTerminal {
                runs.append(run)
            } else {
                others.append(try requestCancel(of: run))
            }
        }
        try reply(CancelText.cancelled(try cancel(runs), others: others))
    }

    /// Cancels every open run that the person has started in this chat.
    func cancelOwn() throws {
        let open = try transaction.openRuns(ofChat: update.chat)
        let own = open.filter { $0.origin.user == update.user }
        guard !own.isEmpty else { return try reply(CancelText.nothingOwn(others: open.count)) }
        try replyInPlace(CancelText.cancelled(try cancel(own)))
    }

    private func askToCancelEverybodys() throws {
        guard access.mayCancelEverybodys else {
            return try refuse(denial("/cancel everybody", needs: .admin))
        }
        let open = try transaction.openRuns(ofChat: update.chat)
        try reply(open.isEmpty ? CancelText.nothing : CancelText.askEverybodys(open))
    }

    /// Cancels every open run of the chat, whoever started it.
    func cancelEverybodys() throws {
        guard access.mayCancelEverybodys else {
            return try refuse(denial("/cancel everybody", needs: .admin))
        }
        let open = try transaction.openRuns(ofChat: update.chat)
        try replyInPlace(open.isEmpty ? CancelText.nothing : CancelText.cancelled(try cancel(open)))
    }

    /// Cancels open runs; returns them as they are now.
    private func cancel(_ open: [Run]) throws -> [Run] {
        try open.map { run in
            try transaction.requestCancel(of: run.id, by: update.userName, isToldTogether: true, at: now)
        }
    }
}
