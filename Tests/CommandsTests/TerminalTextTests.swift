@testable import Commands
import Contract
import Support
import Telegram
import Testing

@Suite("Text in a terminal")
struct TerminalTextTests {
    @Test("lines wrap at words, and an ID stays whole")
    func wrapping() {
        let id = "Qm3-0123456789abcdefghijklmnopqrstuvwxyz_"
        let text = "Stored and checked, see " + HTMLText.code(id) + ", then train"
        let rows = shown(text, width: 20).split(separator: "\n")
        #expect(rows == ["Stored and checked,", "see", "\(id),", "then train"])
        #expect(!shown(text, width: nil).contains("\n"))
    }

    @Test("a row is indented like its first, and wide characters count twice")
    func columns() {
        #expect(shown("  alpha beta gamma", width: 12) == "  alpha beta\n  gamma")
        #expect(shown("漢字漢 字漢字", width: 8) == "漢字漢\n字漢字")
    }

    @Test("styles are escape codes only where the terminal has them")
    func styles() {
        let text = HTMLText.bold("Run 3") + " ended\u{9B}31m"
        #expect(shown(text, width: 40) == "Run 3 ended\u{FFFD}31m")
        #expect(
            TerminalText(text: text, width: 40, hasStyles: true).shown.hasPrefix("\u{1B}[1mRun\u{1B}[22m")
        )
        #expect(!TerminalLook.editor(environment: ["NO_COLOR": "1"]).hasStyles)
    }

    @Test("the curve of scores fits a narrow terminal")
    func curve() {
        var metrics = TrainMetrics(
            target: "t",
            classes: [],
            trainRows: 1,
            testRows: 1,
            outOfBagScore: nil,
            confusion: [],
            importance: []
        )
        metrics.curve = (1...12).map { TrainMetrics.CurvePoint(trees: $0 * 5, score: Double($0)) }
        let line = ResultSketch(metrics: metrics, width: 20).lines.last
        #expect(line == "  ▁▁▂▂▃▄▄▅▆▆▇█")
    }

    @Test("a result is drawn as a matrix and bars that fit the terminal")
    func sketch() {
        var metrics = TrainMetrics(
            target: "colour",
            classes: ["red", "green"],
            trainRows: 8,
            testRows: 5,
            outOfBagScore: nil,
            confusion: [[2, 1], [0, 2]],
            importance: [.init(feature: "width", share: 0.75), .init(feature: "height", share: 0.25)]
        )
        let lines = ResultSketch(metrics: metrics, width: 40).lines
        #expect(lines.first == "actual ↓  predicted →    red  green")
        #expect(lines.contains { $0.hasPrefix("green") && $0.hasSuffix("·      2") })
        #expect(lines.contains { $0.contains("width  ▇▇▇▇") && $0.hasSuffix("75 %") })
        #expect(lines.allSatisfy { $0.columns <= 40 })
        metrics.confusion = []
        metrics.examples = [.init(truth: 1, predicted: 1), .init(truth: 9, predicted: 5)]
        #expect(ResultSketch(metrics: metrics, width: 40).lines.first == "predicted ↑  actual →")
    }

    @Test("several pasted commands are several messages, and other text is one")
    func messages() {
        #expect(TerminalChat.messages(in: "/runs\n /list\n") == ["/runs", "/list"])
        #expect(TerminalChat.messages(in: "one\n/runs") == ["one\n/runs"])
        #expect(TerminalChat.messages(in: "") == [""])
    }

    private func shown(_ text: HTMLText, width: Int?) -> String {
        TerminalText(text: text, width: width, hasStyles: false).shown
    }
}
