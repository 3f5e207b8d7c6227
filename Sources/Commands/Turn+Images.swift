import Contract
import Jobs
import Store

extension Turn {
    /// Has an image built, where it is known how.
    func build() throws {
        guard let arguments = policy.build else { return try say(ImageWords.noCommand) }
        let work = Work.build(arguments)
        if let refusal = try refusal(of: work) { return try say(refusal) }
        _ = try transaction.startRun(work, origin: origin, at: now)
    }

    /// Why the work cannot be started now, or not by this person; nil where it can.
    func refusal(of work: Work, on engine: String = "local") throws -> Answer? {
        if engine == FluenceEngine.word {
            guard role == .admin else { return Words.denied(incoming.user, role) }
            guard policy.dailyBudget > 0 else { return PriceWords.noBudget }
        }
        if policy.imageEngines.contains(engine), try transaction.images(limit: 1).isEmpty {
            return ImageWords.noImage(for: engine)
        }
        guard work.kind == .build else { return nil }
        guard role == .admin else { return Words.denied(incoming.user, role) }
        return try transaction.openBuild().map { ImageWords.alreadyBuilding($0.runID ?? 0) }
    }

    /// Has the machines of an image ask in vain from now on.
    func revoke(_ image: Int64) throws -> String {
        try transaction.revokeEnrolment(ofImage: image)
            ? ImageWords.revoked : ImageWords.unknown
    }
}
