import Commands
import Contract
import Store
import Telegram
import Testing

@Suite("The end of a run")
struct EndTests {
    @Test(
        "findings and two warnings are shown, the others are in the log, and all of it fits below the picture"
    )
    func remarks() async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        var result = TrainResult.iris
        result.findings = ["cross-validation of 5 folds: accuracy 0.94 ± 0.02"]
        let column = "a\u{202E}column\nwith marks, " + String(repeating: "long ", count: 40)
        result.warnings = ["few rows", column, "third", "fourth"]
        try await chat.report(.completed(outcome: .trained(result: result)))
        let row = try #require(try await chat.outbox().first { $0.kind == .ended })
        let rendered = try #require(try await chat.render(row))
        let text = rendered.text.plain
        #expect(
            text.contains(
                "\nCross-validation of 5 folds: accuracy 0.94 ± 0.02\n⚠️ Few rows\n⚠️ Acolumn with marks, long"
            )
        )
        #expect(text.contains("…\n/logs 1 has 2 more warnings.\nTook "))
        #expect(!text.contains("third"))
        guard case .picture = Delivery(rendered, for: row) else {
            Issue.record("no picture: the text has \(rendered.text.length) characters")
            return
        }
    }

    @Test("a result without remarks has no line about any")
    func none() async throws {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        try await chat.report(.completed(outcome: .iris))
        let row = try #require(try await chat.outbox().first { $0.kind == .ended })
        let text = try #require(try await chat.render(row)?.text.plain)
        #expect(text.contains("(60.0 %)\nTook "))
    }
}
