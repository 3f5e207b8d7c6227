import Commands
import Contract
import Foundation
import Support
import Synchronization
import Telegram
import Testing

@Suite("Messages in a terminal")
struct TerminalSurfaceTests {
    /// A surface, and the text that it wrote.
    private struct Screen {
        let surface: TerminalSurface
        private let output: Output
        var text: String { output.text.withLock { $0 } }

        private final class Output: Sendable {
            let text = Mutex("")
        }

        init(isInteractive: Bool, files: String? = nil) {
            let output = Output()
            self.output = output
            surface = TerminalSurface(look: isInteractive ? .editor(environment: [:]) : .pipe, files: files) {
                text,
                rows in
                output.text.withLock { $0 += rows > 0 ? "<up \(rows)>\(text)" : text }
            }
        }
    }

    private static let keyboard = InlineKeyboard([
        [.callback("Train", "t:1"), .url("Open", "https://a.example")]
    ])

    @Test("in a pipe, messages are plain lines, and a line that repeats is left out")
    func pipe() async throws {
        let screen = Screen(isInteractive: false)
        let id = try await screen.surface.send(
            OutgoingMessage(chat: 1, text: .bold("Run 1") + " · queued", keyboard: Self.keyboard)
        )
        for step in ["⏳ Pull", "⏳ Pull", "⏳ Train"] {
            try await screen.surface.edit(
                id,
                to: OutgoingMessage(chat: 1, text: .plain("Run 1 · at work\n\(step)"))
            )
        }
        #expect(screen.text == "Run 1 · queued\n\nRun 1 · at work  ⏳ Pull\nRun 1 · at work  ⏳ Train\n")
    }

    @Test("in a terminal, the live message is redrawn in place until something is below it")
    func redrawn() async throws {
        let screen = Screen(isInteractive: true)
        let id = try await screen.surface.send(OutgoingMessage(chat: 1, text: "one\ntwo"))
        let sent = screen.text
        try await screen.surface.edit(id, to: OutgoingMessage(chat: 1, text: "three"))
        #expect(screen.text.dropFirst(sent.count).hasPrefix("<up 3>"))
        screen.surface.moveBelow()
        let before = screen.text
        try await screen.surface.edit(id, to: OutgoingMessage(chat: 1, text: "four"))
        #expect(!screen.text.dropFirst(before.count).contains("<up"))
        #expect(screen.text.dropFirst(before.count).contains("four"))
    }

    @Test("a file is written into the folder, and its path is shown")
    func file() async throws {
        try await withTemporaryFolder { folder in
            let screen = Screen(isInteractive: false, files: "\(folder)/files")
            let message = OutgoingMessage(chat: 1, text: "Run 7 · the whole log")
            _ = try await screen.surface.send(document: Array("a line\n".utf8), name: "run-7.log", message)
            #expect(screen.text == "Run 7 · the whole log\nFile: \(folder)/files/run-7.log\n\n")
            let saved = try String(contentsOfFile: "\(folder)/files/run-7.log", encoding: .utf8)
            #expect(saved == "a line\n")
        }
    }

    @Test("a number presses the button that it was shown with, even if another message changes")
    func numbers() async throws {
        let screen = Screen(isInteractive: true)
        let run = InlineKeyboard([[.callback("Cancel", "c:1")]])
        let live = try await screen.surface.send(OutgoingMessage(chat: 1, text: "run", keyboard: run))
        #expect(screen.surface.button(1) == "c:1")
        _ = try await screen.surface.send(OutgoingMessage(chat: 1, text: "card", keyboard: Self.keyboard))
        try await screen.surface.edit(live, to: OutgoingMessage(chat: 1, text: "run on", keyboard: run))
        #expect(screen.surface.button(1) == "t:1")
        let last = try await screen.surface.send(OutgoingMessage(chat: 1, text: "again", keyboard: run))
        try await screen.surface.edit(last, to: OutgoingMessage(chat: 1, text: "it is over"))
        #expect(screen.surface.button(1) == nil && !screen.surface.hasButtons)
        let pipe = Screen(isInteractive: false)
        _ = try await pipe.surface.send(OutgoingMessage(chat: 1, text: "card", keyboard: Self.keyboard))
        #expect(pipe.surface.button(1) == nil)
    }

    @Test("in a pipe, a line that differs only in its numbers is left out")
    func figures() async throws {
        let screen = Screen(isInteractive: false)
        for line in ["Run 1 · training · 9.5 s", "Run 1 · training · 1:07", "Run 1 · pushing · 1:08"] {
            try await screen.surface.edit(1, to: OutgoingMessage(chat: 1, text: .plain(line)))
        }
        #expect(screen.text == "Run 1 · training · 9.5 s\nRun 1 · pushing · 1:08\n")
    }

    @Test("buttons have numbers, and links are printed")
    func buttons() async throws {
        let screen = Screen(isInteractive: true)
        _ = try await screen.surface.send(OutgoingMessage(chat: 1, text: "card", keyboard: Self.keyboard))
        #expect(screen.text.contains("[1] Train"))
        #expect(screen.text.contains("Open: https://a.example"))
        #expect(screen.surface.button(1) == "t:1")
        #expect(screen.surface.button(2) == nil)
        #expect(screen.surface.button(0) == nil)
    }
}
