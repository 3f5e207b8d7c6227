import Contract
import Jobs
import Store

extension CommandHandler {
    func predict(_ request: PredictRequest) throws {
        guard let run = try visibleRun(request.run) else { return try refuse(RefusalText.noRun(request.run)) }
        guard case .trained(let result)? = run.job.outcome, result.metrics.figures == nil else {
            return try refuse(
                run.job.state.isTerminal
                    ? PredictionText.noModel(request.run) : RefusalText.notReady(request.run)
            )
        }
        if let file = request.table?.file, let refusal = refusal(of: file) { return try refuse(refusal) }
        let arguments = PredictArguments(
            run: request.run,
            model: result.model.id,
            names: request.names,
            cells: request.cells,
            table: request.table
        )
        try transaction.enqueuePrediction(arguments, origin: origin, at: now)
    }

    /// Explains how to predict rows with the model of the run.
    func explainPrediction(_ id: RunID) throws {
        guard let run = try visibleRun(id), case .trained(let result)? = run.job.outcome else {
            return try refuse(RefusalText.noRun(id))
        }
        try reply(PredictionText.howTo(id, result.metrics))
    }
}
