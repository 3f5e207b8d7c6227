import Contract
import HTTP
import HTTPTypes
import Support

/// Checks that of all messages with an address, the last one has the address that works, and that repeats say so.
struct SecretCheck: Sendable {
    let fake: BotAPIFake
    let port: Int
    let database: String

    /// The name of the topic whose address is asked for again and again.
    static let topic = "secret"
    /// What each message with its address says.
    static let words = "<b>\(topic)</b> has a"
    /// What a message says that may be the second one.
    private static let replaces = "in the message before, if there is one, opens nothing any more"

    func violations() async throws -> [String] {
        let calls = await fake.calls.filter { $0.method == "sendMessage" && $0.text.contains(Self.words) }
        var violations: [String] = []
        for (chat, calls) in Dictionary(grouping: calls, by: \.chat) {
            for (index, call) in calls.enumerated() {
                let isLast = index == calls.count - 1
                guard try await opens(call) != isLast else { continue }
                let address = "address \(index + 1) of \(calls.count) in chat \(chat)"
                violations.append("\(address) \(isLast ? "opens nothing" : "still opens the topic")")
            }
            let asked = try SQLite.texts(
                // A topic that is registered again has another id.
                "SELECT id FROM outbox WHERE kind = 'address' AND chatID = \(chat) AND subject NOT IN "
                    + "(SELECT id FROM topic WHERE name <> '\(Self.topic)')",
                from: database
            ).count
            let repeats = calls.count { $0.text.contains(Self.replaces) }
            guard calls.count - asked > repeats else { continue }
            violations.append(
                "\(calls.count) addresses in chat \(chat) for \(asked), and \(repeats) replace others"
            )
        }
        return violations
    }

    private func opens(_ call: BotAPIFake.Call) async throws -> Bool {
        guard let secret = CrashChat.secret(in: call) else { return false }
        let request = try BaseURL("http://127.0.0.1:\(port)").request(.post, "/\(secret)")
        return try await HTTPClient().send(request, body: .bytes(Array("proof".utf8))).response.status == .ok
    }
}
