import Contract
import Foundation
import ServiceLifecycle
package import Store

/// A conversation with one person in a terminal, or with the lines of a file.
package struct TerminalChat: Service {
    /// The one chat and the one person there are.
    package static let chat: Int64 = 1

    private let conversation: Conversation
    private let surface: TerminalSurface
    private let store: SQLiteStore
    private let isInteractive: Bool
    private let lines: AsyncStream<String>
    private let ended: @Sendable (_ someRunFailed: Bool) -> Void

    /// `ended` hears, once the lines have ended and all that they set going too, whether a run of theirs failed.
    package init(
        conversation: Conversation,
        surface: TerminalSurface,
        store: SQLiteStore,
        isInteractive: Bool,
        lines: AsyncStream<String>,
        ended: @escaping @Sendable (_ someRunFailed: Bool) -> Void
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
            // Ctrl-C: what runs goes on, and is told at the next start.
        }
    }

    private func converse() async throws {
        let firstRun = try await store.read { try $0.runs(ofChat: Self.chat, limit: 1).first?.number ?? 0 }
        var update = try await store.read { try $0.lastUpdate() ?? 0 }
        surface.prompt()
        for await line in lines {
            surface.noteTyping()
            update += 1
            try await take(line.trimmingCharacters(in: .whitespaces), update: update)
            if !isInteractive { try await answered() }
        }
        try Task.checkCancellation()
        // A person who leaves need not wait; a script wants to know how it ended.
        if !isInteractive { try await runsEnded() }
        let runs = try await store.read { try $0.runs(ofChat: Self.chat, limit: 1_000) }
        ended(runs.contains { $0.number > firstRun && $0.job.state == .discarded })
    }

    private func take(_ line: String, update: Int64) async throws {
        guard !line.isEmpty else { return surface.prompt() }
        let tap = Int(line).flatMap { surface.button($0) }
        if tap == nil, let number = Int(line), surface.hasButtons {
            return try await surface.acknowledge(Toast(query: line, text: Toast.noButton(number)))
        }
        let content: Incoming.Content
        do {
            let named = tap == nil ? try TerminalFiles.read(line) : nil
            content =
                named.map { .file($0.file, caption: $0.caption) }
                ?? tap.map { .tap(data: $0, query: line) } ?? .text(line)
        } catch {
            return try await surface.acknowledge(Toast(query: line, text: error.description))
        }
        let incoming = Incoming(
            id: update,
            chat: Self.chat,
            isPrivate: true,
            user: Self.chat,
            userName: "you",
            content: content
        )
        if let toast = try await conversation.handle(incoming) { try await surface.acknowledge(toast) }
    }

    /// Until all has been said, looks into blobs and files that are stored included.
    private func answered() async throws {
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
        try await answered()
    }
}
