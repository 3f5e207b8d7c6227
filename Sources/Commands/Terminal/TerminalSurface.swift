package import Contract
import Foundation
import Synchronization
package import Telegram

/// Shows messages in a terminal or a pipe.
///
/// In a terminal, text wraps at words, an edit redraws the last message in place, and buttons have numbers. In a pipe,
/// messages are plain lines.
package final class TerminalSurface: ChatSurface {
    private struct State {
        var lastID: MessageID = 0
        /// The message at the bottom of the screen and its text; nil once another text is below it.
        var bottom: (id: MessageID, text: String)?
        /// The data of the buttons that were shown last; the button with the number 1 is first.
        var buttons: [String] = []
        /// The last progress line, without the characters of numbers and times.
        ///
        /// Lines that differ only in numbers or times are equal in this form.
        var lastLine = ""
    }

    private let look: TerminalLook
    /// The folder for pictures and files, because a terminal cannot show them.
    ///
    /// If nil, pictures are left out and files are printed.
    private let files: String?
    /// The number of columns of the terminal.
    private let width: @Sendable () -> Int
    /// Shows a text in place of the rows above the prompt.
    private let show: @Sendable (_ text: String, _ rows: Int) -> Void
    private let state = Mutex(State())

    /// Shows messages with `show`, which draws its prompt anew if the terminal can redraw.
    package init(
        look: TerminalLook,
        files: String? = nil,
        width: @escaping @Sendable () -> Int = { 80 },
        show: @escaping @Sendable (_ text: String, _ rows: Int) -> Void
    ) {
        self.look = look
        self.files = files
        self.width = width
        self.show = show
    }

    package func send(_ message: OutgoingMessage) async throws -> MessageID {
        let text = shown(message)
        return state.withLock { state in
            state.lastID = MessageID(state.lastID.rawValue + 1)
            if look.isInteractive, let keyboard = message.keyboard {
                state.buttons = keyboard.callbacks.map(\.data)
            }
            state.bottom = (state.lastID, text)
            print(text, over: 0)
            return state.lastID
        }
    }

    package func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        let text = shown(message)
        state.withLock { state in
            if look.redraws, let bottom = state.bottom, bottom.id == id {
                state.buttons = message.keyboard?.callbacks.map(\.data) ?? []
                state.bottom = (id, text)
                return print(text, over: rows(of: bottom.text))
            }
            let line = Self.summary(of: message.text.plain)
            // A new line for each percent would fill the screen.
            let gist = line.filter { !$0.isNumber && !".: s".contains($0) }
            guard gist != state.lastLine else { return }
            state.lastLine = gist
            state.bottom = nil
            print(line, over: 0)
        }
    }

    package func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        guard let files else {
            var whole = message
            whole.text = .plain(String(decoding: document, as: UTF8.self))
            return try await send(whole)
        }
        return try await send(Self.saving("File", name, document, in: files, message))
    }

    package func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        guard let files else {
            let bytes = try Data(contentsOf: URL(filePath: path))
            return try await send(document: Array(bytes), name: name, message)
        }
        var message = message
        do {
            let copy = "\(files)/\(name)"
            try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
            if FileManager.default.fileExists(atPath: copy) {
                try FileManager.default.removeItem(atPath: copy)
            }
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            message.text = message.text + .plain("\nFile: \(copy)")
        } catch {
            message.text =
                message.text + .plain("\nThe file could not be written: \(error.localizedDescription)")
        }
        return try await send(message)
    }

    package func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        guard let files else { return try await send(message) }
        return try await send(Self.saving("Picture", name, picture, in: files, message))
    }

    /// Writes the bytes into the folder, replacing a file of the same name, and adds the path to the message.
    private static func saving(
        _ what: String,
        _ name: String,
        _ bytes: [UInt8],
        in folder: String,
        _ message: OutgoingMessage
    ) -> OutgoingMessage {
        var message = message
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
            message.text = message.text + .plain("\n\(what): \(folder)/\(name)")
        } catch {
            message.text =
                message.text
                + .plain("\nThe \(what.lowercased()) could not be written: \(error.localizedDescription)")
        }
        return message
    }

    package func acknowledge(_ toast: Toast) async throws {
        guard let text = toast.text else { return }
        state.withLock { state in
            state.bottom = nil
            print(wrapped("(\(text))"), over: 0)
        }
    }

    /// Shows the text before the first prompt.
    package func greet(_ text: String) {
        show(wrapped(text) + (look.redraws ? "" : "\n"), 0)
    }

    /// Shows a sentence that does not come from the bot's outbox, such as one about a line that it cannot read.
    package func say(_ sentence: String) {
        state.withLock { state in
            state.bottom = nil
            print(wrapped(sentence) + "\n", over: 0)
        }
    }

    package func sketch(of picture: PictureRequest) -> HTMLText {
        let lines = ResultSketch(metrics: picture.metrics, width: look.isInteractive ? width() : 80).lines
        return lines.isEmpty ? HTMLText() : "\n\n" + .block(lines.joined(separator: "\n"))
    }

    package var limits: SendLimits { .none(editInterval: look.redraws ? .milliseconds(100) : .zero) }

    /// The data of button `number` of the buttons that were shown last; nil if there is no such button.
    ///
    /// In a pipe, buttons have no numbers, so the result is nil.
    package func button(_ number: Int) -> String? {
        state.withLock { $0.buttons.indices.contains(number - 1) ? $0.buttons[number - 1] : nil }
    }

    /// Whether there is a button that a person can press by its number.
    package var hasButtons: Bool { state.withLock { !$0.buttons.isEmpty } }

    /// Stops redrawing the last message, because a line was typed below it.
    package func moveBelow() {
        state.withLock { $0.bottom = nil }
    }

    /// Prompts in a terminal that has no editor; an editor prompts itself.
    package func prompt() {
        if look.isInteractive, !look.redraws { show("› ", 0) }
    }

    private func print(_ text: String, over lines: Int) {
        guard look.isInteractive, !look.redraws else { return show(text + (look.redraws ? "" : "\n"), lines) }
        show("\n\(text)\n› ", 0)
    }

    /// How many rows of the screen `text` fills: the terminal wraps what is wider.
    private func rows(of text: String) -> Int {
        let width = max(1, width())
        let lines = text.replacing(/\u{1B}\[\d+m/, with: "").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        return lines.reduce(0) { $0 + max(1, ($1.columns + width - 1) / width) }
    }

    private func wrapped(_ text: String) -> String { shown(.plain(text)) }

    private func shown(_ text: HTMLText) -> String {
        TerminalText(text: text, width: look.isInteractive ? max(1, width()) : nil, hasStyles: look.hasStyles)
            .shown
    }

    private func shown(_ message: OutgoingMessage) -> String {
        let text = shown(message.text)
        guard let keyboard = message.keyboard, look.isInteractive else { return text + "\n" }
        let buttons = keyboard.callbacks.enumerated().map { HTMLText.code("[\($0 + 1)] \($1.text)") }
        let row = buttons.reduce(HTMLText()) { $0.runs.isEmpty ? $1 : $0 + "  " + $1 }
        let links = keyboard.rows.joined().compactMap { button in button.url.map { "\(button.text): \($0)" } }
        return text + "\n" + ([shown(row)] + links).joined(separator: "\n") + "\n"
    }

    /// The first line of `text`, and the line of the current phase.
    private static func summary(of text: String) -> String {
        let lines = text.split(separator: "\n")
        let current = lines.first { $0.hasPrefix("⏳") }.map { "  \($0)" } ?? ""
        return "\(lines.first ?? "")\(current)"
    }
}

extension InlineKeyboard {
    /// The buttons that send data to the bot.
    fileprivate var callbacks: [(text: String, data: String)] {
        rows.joined().compactMap { button in button.callbackData.map { (button.text, $0) } }
    }
}
