import Foundation
import LineEditor
import Support
import Testing

/// The line editor, in a terminal of the test.
@Suite("The line that a person edits", .serialized)
struct LineEditorTests {
    @Test(
        "a paste of any length is one line, and what is typed stays while text is shown",
        .timeLimit(.minutes(1))
    )
    func editing() async throws {
        try await withTestFolder { folder in
            let history = folder.appending(path: "lines").path()
            let terminal = try PseudoTerminal(columns: 60)
            let made = LineEditor(
                prompt: "> ",
                input: terminal.end.fileDescriptor,
                output: terminal.end.fileDescriptor,
                historyPath: history,
                keeps: { !$0.contains("secret") }
            )
            let editor = try #require(made)
            var lines = editor.lines.makeAsyncIterator()
            // Until the editor has the terminal, the system keeps no more than 4,095 characters of a line.
            try await eventually("the editor waits for a line") { terminal.shown.contains("> ") }
            terminal.type("\u{1B}[200~" + String(repeating: "é7", count: 3_000) + "\u{1B}[201~")
            #expect(await lines.next()?.count == 6_000)
            terminal.type("a secret")
            #expect(await lines.next() == "a secret")
            editor.show("news from elsewhere")
            try await eventually("the text is shown") { terminal.shown.contains("news from elsewhere") }
            terminal.type("wörld\u{1}hello 😀 \u{5}!")
            #expect(await lines.next() == "hello 😀 wörld!")
            terminal.type("\u{1B}[A")
            #expect(await lines.next() == "hello 😀 wörld!")
            // Ctrl-C gives up the line, and the history is at its end again.
            terminal.type("second line")
            #expect(await lines.next() == "second line")
            terminal.type("\u{1B}[A\u{1B}[A\u{3}\u{1B}[A")
            #expect(await lines.next() == "second line")
            editor.close()
            #expect(try String(contentsOfFile: history, encoding: .utf8) == "hello 😀 wörld!\nsecond line\n")
            let mode = try FileManager.default.attributesOfItem(atPath: history)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
