import Support

/// A chat of a crash test, with one topic.
struct CrashChat: Sendable {
    /// The admin who has registered the topic.
    let admin: Int64
    let chat: Int64
    /// The forum topic that the posts are for.
    var thread: Int64?
    /// The name of the topic of posts.
    let topic: String

    static let admins = Array(101...114 as ClosedRange<Int64>)
    /// Private chats, to which posts of every kind come.
    static let plain = admins.prefix(4).map { CrashChat(admin: $0, chat: $0, topic: "crash\($0)") }
    /// A topic of a forum.
    static let forum = CrashChat(admin: 105, chat: -1_001_234_567, thread: 7, topic: "forum")
    /// A private chat that is closed while most of its posts come.
    static let crowd = CrashChat(admin: 106, chat: 106, topic: "crowd")
    /// A private chat with messages that their senders replace.
    static let edited = CrashChat(admin: 107, chat: 107, topic: "edited")
    static let topics = plain + [forum, crowd, edited]
    /// The admins who request runs.
    static let runners = admins.suffix(7)
    /// Every chat, those of the runs as well.
    static let all = topics + runners.map { CrashChat(admin: $0, chat: $0, topic: "") }

    func say(_ text: String, to fake: BotAPIFake) async {
        await fake.say(text, user: admin, chat: chat, thread: thread)
    }

    /// The secret in a message with an address.
    static func secret(in call: BotAPIFake.Call) -> String? {
        call.text.firstMatch(of: /<code>http[^<]+\/([^<\/]+)<\/code>/).map { String($0.1) }
    }
}
