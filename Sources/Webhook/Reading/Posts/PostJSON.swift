import Foundation
import Store

/// A JSON object that says a post: `{"message": …}` with ntfy's fields, or what other senders call them.
///
/// Any other JSON is not an envelope but the text of a post: nothing of it is dropped.
struct PostJSON {
    /// The names are in lower case: ntfy reads them in any, and PowerShell's senders write `Message`.
    private let fields: [String: Any]

    /// Nil if the text is no object of JSON.
    init?(_ text: String) {
        guard text.utf8.first(where: { !$0.isBlank }) == UInt8(ascii: "{"),
            let object = Self.value(of: Array(text.utf8)) as? [String: Any]
        else { return nil }
        fields = Self.named(object)
    }

    /// The object with its names in lower case; a name that was written so counts before others.
    static func named(_ object: [String: Any]) -> [String: Any] {
        var named = Dictionary(object.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
        for (name, value) in object where named[name] != nil { named[name] = value }
        return named
    }

    /// The topic that the object names, which need not say a post.
    var topic: String? { text("topic") }

    /// Whether the object says a post.
    ///
    /// With ntfy's `message` it does, whatever else it has. Without, it does only if it has a text or title and nothing
    /// that would be lost.
    var isEnvelope: Bool {
        if fields["message"] is String { return true }
        guard fields["message"] == nil || fields["message"] is NSNull else { return false }
        let losesNothing = fields.allSatisfy { Self.known.contains($0.key) || Self.isEmpty($0.value) }
        return losesNothing && Self.saying.contains { fields[$0] is String }
    }

    private static let texts = ["message", "body", "text", "content", "msg"]
    private static let titles = ["title", "subject"]
    /// An object with one of these, and only known fields, says a post.
    private static let saying =
        texts + titles + ["topic", "tags", "click", "attach", "filename", "priority", "delay"]
    private static let known = Set(
        texts + titles + [
            "topic", "tags", "priority", "click", "link", "url", "attach", "filename", "actions", "markdown",
            "delay",
            "sequence_id", "sid", "icon", "email", "call", "cache", "firebase", "poll_id", "type", "version",
            "username", "user", "channel", "icon_emoji", "icon_url", "format",
        ]
    )

    /// Whether a field of JSON says nothing, as `attachments` and `embeds` of chats that have none.
    private static func isEmpty(_ value: Any) -> Bool {
        switch value {
        case is NSNull: true
        case let text as String: text.isEmpty
        case let list as [Any]: list.isEmpty
        case let object as [String: Any]: object.isEmpty
        default: false
        }
    }

    /// Replaces the fields of a post by those of the object; a field of a wrong type is ignored.
    ///
    /// - Throws: ``WebhookError/actions(_:)``.
    func apply(to post: inout PostFields) throws {
        post.message = Self.texts.lazy.compactMap { text($0) }.first { !$0.isEmpty } ?? post.message
        post.title = Self.titles.lazy.compactMap { text($0) }.first { !$0.isEmpty } ?? post.title
        post.link = text("click") ?? text("link") ?? text("url") ?? post.link
        post.tags = tags ?? post.tags
        post.priority = priority ?? post.priority
        post.attach = text("attach") ?? post.attach
        post.filename = text("filename") ?? post.filename
        post.delay = (fields["delay"] ?? fields["at"]).flatMap(Self.text) ?? post.delay
        post.sequence = (fields["sequence_id"] ?? fields["sid"]).flatMap(Self.text) ?? post.sequence
        if let markdown = fields["markdown"].flatMap(Self.text) {
            post.isMarkdown = PostParameters.isOn(markdown)
        }
        if text("format")?.lowercased() == "markdown" { post.isMarkdown = true }
        if let actions = fields["actions"], !(actions is NSNull) {
            post.actions = try ActionsParser.actions(actions)
        }
    }

    private var tags: [String]? {
        (fields["tags"] as? [Any])?.compactMap(Self.text) ?? text("tags").map(PostFields.tags)
    }

    private var priority: TopicPost.Priority? {
        fields["priority"].flatMap(Self.text).flatMap(TopicPost.Priority.init(word:))
    }

    /// The field if it is a text that is not empty.
    private func text(_ name: String) -> String? {
        let text = (fields[name] as? String)?.trimmed
        return text?.isEmpty == false ? text : nil
    }

    /// A text, number or Boolean of JSON as text; nil for anything else.
    ///
    /// `true` is 1.
    static func text(_ value: Any) -> String? {
        if let text = value as? String { return text.isEmpty ? nil : text }
        return (value as? NSNumber)?.stringValue
    }

    /// The JSON value that the bytes are; nil if they are none.
    static func value(of bytes: [UInt8]) -> Any? {
        do {
            return try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        } catch {
            return nil
        }
    }

    /// The message in a body such as `{"message": "{"newlyCreated":…}"}`; nil if `body` has another form.
    ///
    /// The old `do-notify` does not escape the quotes in the message.
    ///
    /// The body is parsed by bytes, because parsing by characters takes quadratic time for a long sequence of flags
    /// (U+1F1E6).
    static func unescapedMessage(_ body: String) -> String? {
        var rest = body.utf8[...]
        for token in ["{", "\"message\"", ":", "\""] {
            rest = rest.drop(while: \.isBlank)
            guard rest.starts(with: token.utf8) else { return nil }
            rest = rest.dropFirst(token.utf8.count)
        }
        for end in [UInt8(ascii: "}"), UInt8(ascii: "\"")] {
            while rest.last?.isBlank == true { rest.removeLast() }
            guard rest.last == end else { return nil }
            rest.removeLast()
        }
        return String(Substring(rest))
    }
}

extension UInt8 {
    /// Whether the byte is white space in JSON.
    fileprivate var isBlank: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
