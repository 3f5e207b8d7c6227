package import Contract
import Foundation
import ServiceLifecycle
package import Store

/// Hands each line of a terminal or a pipe to the conversation.
package struct TerminalChat: Service {
    package static let user: UserID = 1
    /// The only chat.
    package static let chat = ChatID(private: user)

    private let conversation: Conversation
    private let surface: TerminalSurface
    private let store: SQLiteStore
    private let isInteractive: Bool
    private let lines: AsyncStream<String>
    private let ended: @Sendable (ChatEnd) -> Void

    /// Calls `ended` after the last line.
    ///
    /// If not `isInteractive`, first waits until all runs have ended.
    package init(
        conversation: Conversation,
        surface: TerminalSurface,
        store: SQLiteStore,
        isInteractive: Bool,
        lines: AsyncStream<String>,
        ended: @escaping @Sendable (ChatEnd) -> Void
    ) {
        self.conversation = conversation
        self.surface = surface
        self.store = store
        self.isInteractive = isInteractive
        self.lines = lines
        self.ended = ended
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await converse() }
        } catch is CancellationError {
            // Ctrl-C: the runs go on, and the next start shows their results.
        }
    }

    private func converse() async throws {
        let lastJob = try await store.read { try $0.lastJobID() }
        var update = try await store.read { try $0.lastUpdate()?.next ?? 1 }
        var someLineWasRefused = false
        surface.prompt()
        for await typed in lines {
            surface.moveBelow()
            for line in Self.messages(in: typed) {
                if try await !handle(line, update: update) { someLineWasRefused = true }
                update = update.next
                if !isInteractive { try await answersShown() }
            }
        }
        try Task.checkCancellation()
        // A person may leave before the runs end. A script needs an exit code, which depends on how the runs end.
        if !isInteractive { try await runsEnded() }
        let someWorkFailed = try await store.read { try $0.hasFailedJob(after: lastJob) }
        ended(someWorkFailed ? .workFailed : someLineWasRefused ? .lineWasRefused : .good)
    }

    /// The messages in what was typed or pasted: several commands, one a line, are several; any other text is one.
    static func messages(in typed: String) -> [String] {
        let lines = typed.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        let areCommands = lines.allSatisfy { $0.hasPrefix("/") }
        return areCommands && !lines.isEmpty ? lines : [typed.trimmingCharacters(in: .whitespacesAndNewlines)]
    }

    /// Hands the line to the conversation; false if it is refused.
    private func handle(_ line: String, update: UpdateID) async throws -> Bool {
        guard !line.isEmpty else {
            surface.prompt()
            return true
        }
        let pressed = Int(line).flatMap { surface.button($0) }
        if pressed == nil, let number = Int(line), surface.hasButtons {
            try await surface.acknowledge(Toast(query: line, text: Toast.noButton(number)))
            return false
        }
        let content: ChatUpdate.Content
        do {
            let named = pressed == nil ? try TerminalFiles.read(line) : nil
            content =
                named.map { .file($0.file, caption: $0.caption) }
                ?? pressed.map { .press(data: $0, query: line) } ?? .text(line)
        } catch {
            surface.say(error.description)
            return false
        }
        let chatUpdate = ChatUpdate(
            id: update,
            chat: Self.chat,
            isPrivate: true,
            user: Self.user,
            userName: "you",
            content: content
        )
        let (toast, isRefused) = try await conversation.respond(to: chatUpdate)
        if let toast { try await surface.acknowledge(toast) }
        return !isRefused
    }

    /// Waits until every message is shown, and until each job that stores a file or belongs to no run has ended.
    private func answersShown() async throws {
        while try await store.read({ transaction in
            let looks = try transaction.openJobs().contains { $0.runID == nil || $0.kind == .store }
            return try looks || transaction.openMessageCount() > 0
        }) {
            try await ContinuousClock().sleep(for: .milliseconds(20))
        }
    }

    private func runsEnded() async throws {
        while try await !store.read({ try $0.openRuns(ofChat: Self.chat) }).isEmpty {
            try await ContinuousClock().sleep(for: .milliseconds(50))
        }
        try await answersShown()
    }
}
