import Contract
import Jobs
import Store

extension CommandHandler {
    func train(_ request: TrainRequest) throws {
        guard let dataset = try dataset(of: request) else { return }
        if let name = request.parameters.command, policy.commands[name] == nil {
            return try refuse(UsageError(.train, policy.commands.unknownCommand(name)))
        }
        let work = Work.train(
            TrainArguments(dataset: dataset, parameters: request.parameters, hours: request.hours)
        )
        let engine = request.engine ?? policy.engine
        if let refusal = try refusal(of: work, on: engine) { return try refuse(refusal) }
        _ = try transaction.enqueueRun(work, origin: origin, engine: engine, at: now)
    }

    /// The dataset of a request.
    ///
    /// If the request names a run that is unknown or has no dataset, replies and returns nil.
    private func dataset(of request: TrainRequest) throws -> BlobID? {
        switch request.dataset {
        case .blob(let blob): return blob
        case .run(let id):
            guard let run = try visibleRun(id) else {
                try refuse(RefusalText.noRun(id))
                return nil
            }
            if let blob = run.dataset { return blob }
            try refuse(run.job.state.isTerminal ? RefusalText.noDataset(id) : RefusalText.notReady(id))
            return nil
        }
    }
}

extension Run {
    /// The dataset of a training, or the blob that the run stored; nil for every other run.
    var dataset: BlobID? {
        if case .train(let arguments) = work { return arguments.dataset }
        guard case .stored(let card)? = job.outcome else { return nil }
        return card.blob.id
    }
}
