import Commands
import Contract
import Foundation
import Glibc
import LineEditor
import ServiceLifecycle
import UnixSignals

/// The terminal or the pipe that a chat reads and writes.
enum Terminal: Sendable {
    /// A terminal with a line at its bottom that a person edits.
    case editor(LineEditor)
    /// A terminal that can only show lines.
    case dumb
    case pipe

    /// Looks at standard input and output; `historyPath` is the file for the lines that a person types.
    static func open(historyPath: String) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return .pipe }
        let name = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
        guard !["", "dumb"].contains(name),
            let editor = LineEditor(prompt: "› ", historyPath: historyPath, keeps: { !holdsSecret($0) })
        else { return .dumb }
        return .editor(editor)
    }

    /// The width of the terminal in columns; 80 if the width is unknown.
    static var columns: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    var look: TerminalLook {
        switch self {
        case .editor: .editor(environment: ProcessInfo.processInfo.environment)
        case .dumb: .dumb
        case .pipe: .pipe
        }
    }

    var lines: AsyncStream<String> {
        if case .editor(let editor) = self { editor.lines } else { StandardInput.lines() }
    }

    /// Shows the text in place of the rows above the prompt.
    func show(_ text: String, over rows: Int) {
        if case .editor(let editor) = self {
            editor.show(text, over: rows)
        } else {
            StandardOutput.write(text)
        }
    }

    /// The services that the terminal needs while a chat runs in it.
    var services: [any Service] {
        if case .editor(let editor) = self { [TerminalResizing(editor: editor)] } else { [] }
    }

    func close() {
        if case .editor(let editor) = self { editor.close() }
    }

    /// Whether the line may hold an invitation code or a bot token, which no file must keep.
    static func holdsSecret(_ line: String) -> Bool {
        let isInvitation = line.firstMatch(of: /(?i)^\s*\/start\b.*\S|[?&]start=/) != nil
        return isInvitation || line.firstMatch(of: /\d{6,}:[A-Za-z0-9_-]{30,}/) != nil
    }
}

/// Draws the edited line anew whenever the size of the terminal changes.
struct TerminalResizing: Service {
    let editor: LineEditor

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sigwinch).cancelOnGracefulShutdown() {
            editor.resize()
        }
    }
}

enum StandardInput {
    /// The lines of standard input, which a separate thread reads.
    static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                while let line = readLine() { continuation.yield(line) }
                continuation.finish()
            }
        }
    }
}
