import Foundation
import HTTPTypes
import Store

/// The parsed content of a post to a topic, from the body and from ntfy's headers.
///
/// The body is JSON, plain text, or the invalid JSON of the old `do-notify`.
struct PostBody {
    private(set) var text: String
    private var title: String?
    private var priority: TopicPost.Priority?
    private var tags: [String]?
    private var link: String?

    /// A field of the JSON body takes precedence over a header with the same meaning.
    init(_ bytes: [UInt8], headers: HTTPFields) {
        let body = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let envelope = Envelope(bytes)
        text = (envelope?.message ?? Self.unescapedMessage(body) ?? body).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
        let header = NtfyHeaders(headers)
        title = Self.line(envelope?.title ?? header.title)
        priority = envelope?.priority ?? header.priority
        tags = Self.tags(envelope?.tags ?? header.tags)
        link = Self.line(envelope?.link ?? header.link)
        if text.isEmpty, let message = header.message { text = message }
    }

    func post(to topic: String) -> TopicPost {
        var post = TopicPost(topic: topic, text: text)
        (post.title, post.priority) = (title, priority)
        (post.tags, post.link) = (tags, link)
        return post
    }

    /// The message in a body such as `{"message": "{"newlyCreated":…}"}`; nil if `body` has another form.
    ///
    /// The old `do-notify` does not escape the quotes in the message.
    ///
    /// The body is parsed by bytes, because parsing by characters takes quadratic time for a long sequence of flags
    /// (U+1F1E6).
    private static func unescapedMessage(_ body: String) -> String? {
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

    /// The text as one line of at most 250 characters; nil if it is empty.
    private static func line(_ text: String?) -> String? {
        let line = text?.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(250) ?? ""
        return line.isEmpty ? nil : String(line)
    }

    private static func tags(_ tags: [String]?) -> [String]? {
        let kept = (tags ?? []).compactMap { line($0.trimmingCharacters(in: .whitespaces)) }.prefix(10)
        return kept.isEmpty ? nil : Array(kept)
    }
}

/// `{"message": …}`, optionally with ntfy's title, priority, tags and click; `link` has the same meaning as `click`.
private struct Envelope: Decodable {
    var message: String
    var title: String?
    var priority: TopicPost.Priority?
    var tags: [String]?
    var link: String?

    private enum CodingKeys: CodingKey { case message, title, priority, tags, click, link }

    /// Nil if `bytes` have another form.
    init?(_ bytes: [UInt8]) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            return nil
        }
    }

    /// Ignores an optional field of the wrong type, so that the message is not lost.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys) -> Value? {
            try? fields.decode(Value.self, forKey: key)
        }
        message = try fields.decode(String.self, forKey: .message)
        title = optional(.title)
        let (number, word): (Int?, String?) = (optional(.priority), optional(.priority))
        priority =
            number.flatMap { .init(rawValue: $0) } ?? word.flatMap(TopicPost.Priority.init(word:))
        let (list, text): ([String]?, String?) = (optional(.tags), optional(.tags))
        tags = list ?? text?.split(separator: ",").map(String.init)
        link = optional(.click) ?? optional(.link)
    }
}

extension UInt8 {
    /// Whether the byte is white space in JSON.
    fileprivate var isBlank: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
