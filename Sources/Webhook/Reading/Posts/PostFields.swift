import Foundation
import HTTPTypes
import Jobs
import Store

/// What the sender of a post asked for, in headers, query and body, before anything is checked against the topic.
///
/// Where the same thing is said twice, a field of a JSON body or form counts before a header, and a header before the
/// query.
struct PostFields {
    /// Bytes that are no text: a file of a form, or a binary body.
    struct File: Equatable {
        /// They may be a part of a file that is mapped into memory.
        var bytes: Data
        var name: String?
        var type: String?
    }

    var message: String?
    var title: String?
    /// The URL that the post links to.
    var link: String?
    var tags: [String] = []
    var priority: TopicPost.Priority?
    var isMarkdown = false
    var actions: [TopicPost.Action] = []
    /// The URL of a file elsewhere, which the bot never opens.
    var attach: String?
    var filename: String?
    /// When the post is due, as the sender wrote it, such as `30m`.
    var delay: String?
    /// The sender's own name of the message.
    var sequence: String?
    /// The secret of the topic, in JSON that is posted to the root.
    var topic: String?
    var file: File?
    /// The name of a file that came without a byte, which no message of Telegram can hold.
    var emptyFile: String?
    /// The file that came with the post, once it is on the disk.
    var stored: AttachmentWriter.Stored?

    /// Reads what comes before the body.
    ///
    /// - Throws: ``WebhookError/template``; ``WebhookError/actions(_:)``.
    init(headers: HTTPFields, query: String? = nil) throws {
        var parameters = PostParameters()
        parameters.add(headers.lazy.map { ($0.name.canonicalName, $0.value) })
        if let query { parameters.add(FormFields.decode(query)) }
        try apply(parameters)
    }

    /// Whether the body is a file, whatever it holds: it has a name and is not elsewhere.
    var isUpload: Bool { filename != nil && attach == nil }

    /// Replaces the fields by those that `parameters` have.
    mutating func apply(_ parameters: PostParameters) throws {
        guard !parameters.isEmpty else { return }
        // Any other value is the name of a template on the server.
        if let template = parameters[.template], !["0", "no", "false"].contains(template.lowercased()) {
            throw WebhookError.template
        }
        title = parameters[.title] ?? title
        // A header has no line breaks, so ntfy's senders write them as two characters.
        message = parameters[.message]?.replacing(#"\n"#, with: "\n") ?? message
        link = parameters[.link] ?? link
        tags = parameters[.tags].map(Self.tags) ?? tags
        priority = parameters[.priority].flatMap(TopicPost.Priority.init(word:)) ?? priority
        attach = parameters[.attach] ?? attach
        filename = parameters[.filename] ?? filename
        delay = parameters[.delay] ?? delay
        sequence = parameters[.sequence] ?? sequence
        let type = parameters[.contentType]?.lowercased()
        if parameters.isOn(.markdown) || type?.hasPrefix("text/markdown") ?? false { isMarkdown = true }
        if let text = parameters[.actions] { actions = try ActionsParser.actions(in: text) }
    }

    static func tags(_ list: String) -> [String] { list.split(separator: ",").map(String.init) }
}

extension PostFields {
    /// ntfy's text for a message that has none.
    static let emptyMessage = "triggered"

    /// The post to the topic with this name.
    func post(to topic: String) -> TopicPost {
        var post = TopicPost(topic: topic, text: text)
        post.title = Self.line(title)
        post.priority = priority
        post.tags = Self.kept(tags)
        post.link = link.flatMap(Self.oneLine)
        post.isMarkdown = isMarkdown ? true : nil
        post.actions = actions.isEmpty ? nil : actions
        post.attachment = attach.map { .init(place: .url($0), name: filename ?? Self.name(inURL: $0)) }
        post.sequence = sequence
        if let stored { post.attach(stored, named: file?.name ?? filename, message: message) }
        return post
    }

    private var text: String {
        if let emptyFile {
            let note = "The file \(FileName.make(emptyFile, type: .text)) is empty."
            return message.map { "\($0)\n\(note)" } ?? note
        }
        if let message, !message.isEmpty { return message }
        guard let attach else { return Self.emptyMessage }
        return "You received a file: \(filename ?? Self.name(inURL: attach) ?? "attachment")"
    }

    /// The last part of the URL's path.
    private static func name(inURL url: String) -> String? {
        guard let name = URLComponents(string: url)?.path.split(separator: "/").last else { return nil }
        return line(String(name))
    }

    /// The text as one line of at most 250 characters; nil if it is empty.
    private static func line(_ text: String?) -> String? {
        text.flatMap(oneLine).map { String($0.prefix(250)) }
    }

    private static func oneLine(_ text: String) -> String? {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.isEmpty ? nil : line
    }

    private static func kept(_ tags: [String]) -> [String]? {
        let kept = tags.compactMap { line($0.trimmingCharacters(in: .whitespaces)) }.prefix(20)
        return kept.isEmpty ? nil : Array(kept)
    }
}

extension TopicPost.Priority {
    /// Parses a number from 1 to 5, or ntfy's word for such a number.
    init?(word: String) {
        switch word.trimmingCharacters(in: .whitespaces).lowercased() {
        case "1", "min": self = .min
        case "2", "low": self = .low
        case "3", "default": self = .normal
        case "4", "high": self = .high
        case "5", "max", "urgent": self = .urgent
        default: return nil
        }
    }
}
