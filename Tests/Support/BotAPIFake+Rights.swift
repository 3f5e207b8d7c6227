/// Chats and forum topics that take no messages for a while.
extension BotAPIFake {
    /// What a chat refuses: a part of its messages.
    package struct Place: Hashable, Sendable {
        package enum Part: Hashable, Sendable {
            /// Every message and every edit.
            case all
            /// Files and pictures.
            case files
            /// New messages of one forum topic.
            case topic(Int64)
            /// New messages that name no forum topic.
            case general
        }

        package let chat: Int64
        package let part: Part

        package init(_ chat: Int64, _ part: Part = .all) { (self.chat, self.part) = (chat, part) }
    }

    /// From now on, calls for the place are refused with `refusal`.
    package func close(_ place: Place, with refusal: TelegramRefusal) { closed[place] = refusal }

    package func open(_ place: Place) { closed[place] = nil }

    package func openAll() { closed = [:] }

    /// Refuses a call for a place that is closed.
    func checkRights(of method: String, _ parameters: JSONValue) throws {
        let chat = parameters["chat_id"]?.integer ?? 0
        let thread = parameters["message_thread_id"]?.integer
        var parts: [Place.Part] = [.all]
        if method.hasPrefix("send") { parts.append(thread.map { .topic($0) } ?? .general) }
        if ["sendDocument", "sendPhoto"].contains(method) { parts.append(.files) }
        for part in parts {
            if let refusal = closed[Place(chat, part)] { throw refusal }
        }
    }
}
