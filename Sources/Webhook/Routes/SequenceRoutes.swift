import Foundation
import Hummingbird
import Jobs
import Store

/// The routes by which scripts replace, clear and delete a message that they have posted, as in ntfy 2.16
/// (docs.ntfy.sh/publish/#updating-deleting-notifications).
struct SequenceRoutes {
    let topics: TopicRoutes

    func add(to router: Router<APIContext>) {
        router.post(":secret/:sequence", use: update)
        router.put(":secret/:sequence", use: update)
        router.delete(":secret/:sequence") { try await end($0, $1, .deleted) }
        for verb in ["clear", "read"] {
            router.post(":secret/:sequence/\(verb)") { try await end($0, $1, .cleared) }
            router.put(":secret/:sequence/\(verb)") { try await end($0, $1, .cleared) }
        }
    }

    @Sendable private func update(_ request: Request, context: APIContext) async throws -> Response {
        try await topics.post(request, context: context, sequence: try sequence(in: context))
    }

    private func end(_ request: Request, _ context: APIContext, _ ending: TopicPost.Ending) async throws
        -> Response
    {
        let secret = try topics.secret(in: context)
        let sequence = try sequence(in: context)
        try await request.discardBody(upTo: topics.limits.body, within: topics.limits.bodyTime)
        let now = topics.limits.now()
        let name = try await topics.store.write { transaction in
            guard let topic = try transaction.topic(secretHash: secret.hash) else {
                throw WebhookError.unknownTopic
            }
            try transaction.end(sequence, as: ending, inTopic: topic, at: now)
            return topic.name
        }
        return try .json(EndingAnswer(ending, of: sequence, inTopic: name, at: now))
    }

    private func sequence(in context: APIContext) throws -> String {
        let text = try context.parameters.require("sequence")
        guard !SequenceID.routes.contains(text) else { throw WebhookError.notFound }
        return try SequenceID.check(text)
    }
}

/// The answer to a request that ends a message, in the form of ntfy.
private struct EndingAnswer: Encodable {
    private let id: String
    private let time: Int
    private let event: String
    private let topic: String
    private let sequenceID: String

    private enum CodingKeys: String, CodingKey {
        case id, time, event, topic
        case sequenceID = "sequence_id"
    }

    init(_ ending: TopicPost.Ending, of sequence: String, inTopic topic: String, at now: Date) {
        id = String(Secret.random().text.filter(\.isLetter).prefix(12))
        time = Int(now.timeIntervalSince1970)
        event = ending == .cleared ? "message_clear" : "message_delete"
        (self.topic, sequenceID) = (topic, sequence)
    }
}
