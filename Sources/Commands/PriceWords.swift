import Foundation
import Jobs
import Telegram

/// What is said about money.
enum PriceWords {
    static let noBudget = Answer(
        .plain("This bot rents no machines. Its owner sets ") + .code("FLUENCE_API_KEY") + .plain(" and ")
            + .code("OKAI_DAILY_BUDGET_USD") + .plain(" for that.")
    )

    static let nothingToAgreeTo = "There is nothing to agree to."

    static func rents(_ run: Int64, _ price: Double) -> String {
        "Run \(run) rents a machine for about \(dollars(price))."
    }

    /// As in $0.20.
    static func dollars(_ price: Double) -> String { String(format: "$%.2f", price) }

    /// How a run that costs money stands until somebody agrees.
    static func standing(_ price: Double?) -> String {
        guard let price else { return "asking for the price" }
        return "waits for an admin's yes: about \(dollars(price)) for \(FluenceEngine.hours) hours"
    }

    /// Before it is asked for, with what it was last.
    static func expected(_ last: Double?) -> String {
        let about = last.map { "About \(dollars($0)) for \(FluenceEngine.hours) hours, as last time. " } ?? ""
        return about + "You hear the price, and are asked, before money is spent."
    }

    static func overBudget(_ price: Double, spent: Double, budget: Double) -> String {
        "That is over the budget: \(dollars(price)) on top of \(dollars(spent)) in the last 24 hours, of "
            + "\(dollars(budget)) that may be spent."
    }
}
