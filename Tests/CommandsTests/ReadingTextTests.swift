import Contract
import Telegram
import Testing

@testable import Commands

@Suite("What a card says about the reading of a table")
struct ReadingTextTests {
    private func lines(_ table: BlobCard.Table) -> [String] {
        ReadingText(table: table).lines.map(\.plain)
    }

    @Test("a plain table, and a card of an older worker, have no lines")
    func plain() {
        #expect(lines(.irises) == [])
        #expect(lines(BlobCard.Table(rows: 9, columns: ["oak", "ash"], target: "ash")) == [])
    }

    @Test("at most three columns are named in a line, each shortened")
    func many() {
        let names = ["the height of the tallest tree"] + (1..<30).map { "tree\($0)" }
        var table = BlobCard.Table(rows: 9, columns: names, target: "tree29")
        table.notes = (0..<20).map { .init(column: $0, leftOut: "it is empty") }
        #expect(
            lines(table) == [
                "• leaves out the height of the talle… (is empty), tree1 (is empty), tree2 (is empty) and 17 more"
            ]
        )
    }

    @Test("there are at most six lines and the number of the others; warnings are not pushed out")
    func limit() {
        var table = BlobCard.Table.sales
        table.decisions = (1...8).map { "line \($0) is odd" }
        table.warnings = (1...5).map { "warning \($0); say task=regression" }
        let lines = lines(table)
        #expect(lines.count == 7)
        #expect(lines.filter { $0.hasPrefix("⚠️") }.count == 3)
        #expect(lines.last == "• 10 more notes in the log of a training")
    }

    @Test(
        "the settings of a sentence are code, with blanks inside of quotes and without punctuation",
        arguments: [
            ("if it is an id, say ignore=tree", ["ignore=tree"]),
            (
                "say thousands=comma, thousands=point or thousands=none.",
                ["thousands=comma", "thousands=point", "thousands=none"]
            ),
            ("types=\"Zip, Code\":text keeps it", ["types=\"Zip, Code\":text"]),
            ("a sum such as a=b has no setting", []),
        ]
    )
    func settings(_ sentence: String, _ expected: [String]) {
        let text = SettingText.marked(sentence)
        #expect(text.plain == sentence)
        #expect(text.runs.filter { $0.style == .code }.map(\.text) == expected)
    }

    @Test("the columns to choose are marked, and those that must fail are refused")
    func marks() {
        let table = BlobCard.Table.sales
        #expect(
            table.columns.indices.map { TargetMark(of: $0, in: table) }
                == [.leftOut, .date, nil, nil, nil, .leftOut, .guess]
        )
        #expect(table.columns.indices.filter { TargetMark.refusal(of: $0, in: table) != nil } == [1])
        var gaps = table
        gaps.missing?[5] = gaps.rows
        #expect(TargetMark.refusal(of: 5, in: gaps)?.contains("empty") == true)
        #expect(TargetMark.refusal(of: 2, in: .visits) == BlobCard.Table.visits.obstacle)
        #expect(TargetMark(of: 2, in: .visits) == nil)
    }
}
