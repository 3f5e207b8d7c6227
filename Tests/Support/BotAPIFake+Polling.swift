/// Updates, and the long polls by which the bot receives them.
extension BotAPIFake {
    /// Holds a poll until there is an update; a second poll ends the first.
    func getUpdates(_ parameters: JSONValue) async throws -> JSONValue {
        switch nextFault(of: "getUpdates") {
        case .refuse(let refusal)?: throw refusal
        case .cut?: throw CutConnection()
        case .loseAnswer?, nil: break
        }
        if let offset = parameters["offset"]?.integer {
            confirmed = max(confirmed, offset)
            updates.removeAll { $0.id < offset }
        }
        endPoll(
            throwing: TelegramRefusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
        guard updates.isEmpty else { return pending }
        let id = lastPoll + 1
        lastPoll = id
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { poll = (id, $0) }
        } onCancel: {
            Task { await self.endPoll(id) }
        }
    }

    private var pending: JSONValue { .array(updates.prefix(100).map(\.update)) }

    private func endPoll(throwing refusal: TelegramRefusal) {
        poll?.continuation.resume(throwing: refusal)
        poll = nil
    }

    private func endPoll(_ id: Int) {
        guard poll?.id == id else { return }
        poll?.continuation.resume(throwing: CancellationError())
        poll = nil
    }

    func push(_ kind: String, _ content: JSONValue) {
        let update: JSONValue = ["update_id": .integer(nextUpdate), "message": content]
        let object: JSONValue =
            kind == "message" ? update : ["update_id": .integer(nextUpdate), "callback_query": content]
        violations += BotAPISchema.shared.problems(inType: "Update", object)
        updates.append((nextUpdate, object))
        nextUpdate += 1
        poll?.continuation.resume(returning: pending)
        poll = nil
    }
}
