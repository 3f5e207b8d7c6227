import Contract
import Store
import Telegram
import Testing

@testable import Commands

@Suite("The length of texts")
struct TextLengthTests {
    @Test("/help fits on the screen of a phone: 17 lines of 38 characters", arguments: Role.allCases)
    func help(_ role: Role) {
        let page = HelpText.page(.basics, for: .init(role: role, place: .privateChat))
        let lines = page.text.plain.split(separator: "\n")
        #expect(lines.reduce(0) { $0 + ($1.count + 37) / 38 } <= 17)
    }

    @Test("the longest toasts fit Telegram's limit of 200 characters")
    func toasts() {
        let run: RunID = 999_999_999
        let toasts = [
            Toast.tooOld, Toast.messageTooOld, Toast.notAllowed(nil, needs: .admin),
            Toast.notAllowed(.operator, needs: .admin), Toast.noRun(run), Toast.stillRunning(run),
            Toast.noEngine(.enrolled), ChoosingText.looksFirst, CancelText.notYours(run).text.plain,
            CancelText.hasEnded(run).text.plain, PriceText.cannotConsent(run),
            PriceText.overBudget(1_000, spent: 1_000, budget: 1_000),
            PriceText.noBudget(for: .fluence).text.plain, ImagesText.noImage(for: .enrolled).text.plain,
            ImagesText.alreadyBuilding(run).text.plain, PredictionText.noModel(run).text.plain,
            VerificationText.noReceipt(.run(run)).text.plain, RefusalText.notReady(run).text.plain,
            RefusalText.denied("The engine fluence", needs: .operator, role: .operator).text.plain,
            RefusalText.stranger(9_999_999_999_999_999).text.plain,
        ]
        for toast in toasts { #expect(toast.count <= 200, "\(toast)") }
    }
}
