import Contract
import Foundation
import Telegram

/// Prices and budgets.
enum PriceText {
    static let noBudget = Answer(
        .plain("This bot rents no machines. Its owner can set ") + .code("FLUENCE_API_KEY") + .plain(" and ")
            + .code("OKAI_DAILY_BUDGET_USD") + .plain(" to change that.")
    )

    static let nothingToAgreeTo = "This run needs no consent."

    static func rents(_ run: RunID, _ price: Double) -> String {
        "Run \(run) rents a machine for about \(dollars(price))."
    }

    /// For example $0.20.
    static func dollars(_ price: Double) -> String { String(format: "$%.2f", price) }

    /// The state of a run that waits for consent.
    static func state(_ price: Double?, on engine: EngineName) -> String {
        guard let price else { return "asking for the price" }
        return "waits for an admin's consent: about \(dollars(price))\(time(on: engine))"
    }

    /// Shown before the price is known: an estimate from the last run.
    static func expected(_ last: Double?, on engine: EngineName) -> String {
        let about = last.map { "About \(dollars($0))\(time(on: engine)), as last time. " } ?? ""
        return about + "I ask for consent, with the price, before money is spent."
    }

    static func overBudget(_ price: Double, spent: Double, budget: Double) -> String {
        "\(dollars(price)) is over the budget: \(dollars(spent)) of \(dollars(budget)) are spent in the last 24 hours. "
            + "Wait, or raise OKAI_DAILY_BUDGET_USD."
    }

    /// The time that the price is for: the engine's longest run.
    private static func time(on engine: EngineName) -> String {
        engine.longestRunHours.map { " for \($0) hours" } ?? ""
    }
}
