import Contract
import Foundation
import Telegram

/// Texts about prices and the budget.
enum PriceText {
    static func noBudget(for engine: EngineName) -> Answer {
        Answer(
            .plain(
                "The engine \(engine) rents machines, and this bot has no budget for that. Its owner can set "
            )
                + .code("FLUENCE_API_KEY") + " and " + .code("OKAI_DAILY_BUDGET_USD")
                + "; until then, choose another engine."
        )
    }

    static func cannotConsent(_ run: RunID) -> String {
        "Run \(run) does not wait for consent: it has no price yet, or somebody agreed, or it has ended. /status shows it."
    }

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

    /// The text before the price is known, with the engine's latest price as an estimate.
    static func expected(_ last: Double?, on engine: EngineName) -> String {
        let about = last.map { "About \(dollars($0))\(time(on: engine)), as last time. " } ?? ""
        return about + "An admin sees the price and must agree before money is spent."
    }

    static func overBudget(_ price: Double, spent: Double, budget: Double) -> String {
        "\(dollars(price)) more would exceed the budget: \(dollars(spent)) of \(dollars(budget)) was agreed to in the last 24 hours. "
            + "Wait, or ask the owner to raise OKAI_DAILY_BUDGET_USD."
    }

    /// The time that the price covers: the engine's time limit for a run.
    private static func time(on engine: EngineName) -> String {
        engine.attemptLimitHours.map { " for \($0) hours" } ?? ""
    }
}
