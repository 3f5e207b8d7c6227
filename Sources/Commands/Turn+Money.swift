import Foundation
import Jobs
import Store

extension Turn {
    /// Agrees to what a run costs, within the budget of the day, and says what came of it.
    func consent(_ number: Int64) throws -> String {
        guard let run = try visibleRun(number), run.job.awaitsConsent, !run.job.state.isTerminal,
            let price = run.job.price
        else { return PriceWords.nothingToAgreeTo }
        let spent = try transaction.consentedPrice(since: now.addingTimeInterval(-86_400))
        guard spent + price <= policy.dailyBudget else {
            return PriceWords.overBudget(price, spent: spent, budget: policy.dailyBudget)
        }
        try transaction.move(run.job, by: .consented, at: now)
        return PriceWords.rents(number, price)
    }
}
