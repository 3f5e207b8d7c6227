import Commands
import Contract
import Foundation
import Store
import Synchronization
import Telegram

/// A surface that records what is sent, and fails when the test says so.
final class RecordingSurface: ChatSurface {
    enum Event: Equatable {
        case sent(String, chat: ChatID, id: MessageID)
        case edited(String, id: MessageID)
        case caption(String, id: MessageID)
        case document(String, id: MessageID)
        case picture(String, name: String, id: MessageID)

        var text: String {
            switch self {
            case .sent(let text, _, _), .edited(let text, _), .caption(let text, _), .document(let text, _),
                .picture(let text, _, _):
                text
            }
        }
    }

    private struct State {
        var events: [Event] = []
        var faults: [ChatError] = []
        var lastID: MessageID = 100
        var sending: [ChatID: Int] = [:]
        var mostAtOnce = 0
    }

    private let state = Mutex(State())
    let limits: SendLimits

    init(_ limits: SendLimits) { self.limits = limits }

    var events: [Event] { state.withLock(\.events) }
    var texts: [String] { events.map(\.text) }
    /// The most sends that were ever under way at the same time in one chat.
    var mostAtOnce: Int { state.withLock(\.mostAtOnce) }

    /// Fails the next calls with these errors, one each.
    func fail(_ faults: ChatError...) { state.withLock { $0.faults += faults } }

    func send(_ message: OutgoingMessage) async throws -> MessageID {
        try await record(in: message.chat) { .sent(message.text.plain, chat: message.chat, id: $0) }
    }

    func edit(_ id: MessageID, to message: OutgoingMessage) async throws {
        _ = try await record(in: message.chat) { _ in .edited(message.text.plain, id: id) }
    }

    func send(document: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await record(in: message.chat) { .document(String(decoding: document, as: UTF8.self), id: $0) }
    }

    func send(file path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        let bytes = try Data(contentsOf: URL(filePath: path))
        return try await send(document: Array(bytes), name: name, message)
    }

    func edit(captionOf id: MessageID, to message: OutgoingMessage) async throws {
        _ = try await record(in: message.chat) { _ in .caption(message.text.plain, id: id) }
    }

    func send(photo path: String, name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await record(in: message.chat) { .picture(message.text.plain, name: name, id: $0) }
    }

    func send(picture: [UInt8], name: String, _ message: OutgoingMessage) async throws -> MessageID {
        try await record(in: message.chat) { .picture(message.text.plain, name: name, id: $0) }
    }

    func acknowledge(_ toast: Toast) async throws {}

    private func record(in chat: ChatID, _ event: @Sendable (MessageID) -> Event) async throws -> MessageID {
        state.withLock {
            $0.sending[chat, default: 0] += 1
            $0.mostAtOnce = max($0.mostAtOnce, $0.sending[chat] ?? 0)
        }
        await Task.yield()
        return try state.withLock { state in
            state.sending[chat]? -= 1
            let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
            // A message of unknown fate appears here, and fails.
            if let fault, case .unknownFate = fault {} else if let fault { throw fault }
            state.lastID = MessageID(state.lastID.rawValue + 1)
            state.events.append(event(state.lastID))
            if let fault { throw fault }
            return state.lastID
        }
    }
}

extension ChatFixture where Surface == RecordingSurface {
    convenience init(
        _ policy: ChatPolicy = .test,
        limits: SendLimits = .none(editInterval: .zero),
        painter: (any Painter)? = nil,
        kept: KeptLimits = KeptLimits()
    ) throws {
        try self.init(surface: RecordingSurface(limits), policy: policy, painter: painter, kept: kept)
    }
}
