import Contract
import Foundation
import Jobs
import Store

extension CommandHandler {
    /// Agrees to the price of a run, if the budget allows that price; returns the toast.
    func consent(_ id: RunID) throws -> String {
        guard let run = try visibleRun(id), run.job.awaitsConsent, !run.job.state.isTerminal,
            let price = run.job.price
        else { return PriceText.cannotConsent(id) }
        let spent = try transaction.consentedPrice(since: now.addingTimeInterval(-Self.budgetTime))
        guard spent + price <= policy.dailyBudget else {
            return PriceText.overBudget(price, spent: spent, budget: policy.dailyBudget)
        }
        try transaction.transition(run.job, by: .consented, at: now)
        return PriceText.rents(id, price)
    }

    /// The period for which the budget holds: 24 hours, in seconds.
    private static let budgetTime: TimeInterval = 86_400
}
