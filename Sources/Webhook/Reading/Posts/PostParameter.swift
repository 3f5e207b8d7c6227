/// A parameter of a post: a header, a field of the query or of a form.
///
/// The names are ntfy's (docs.ntfy.sh/publish, "List of all parameters"), in the order in which ntfy looks for them.
/// ntfy's parameters that mean nothing here, such as `Icon` and `Email`, are not among them.
enum PostParameter: CaseIterable {
    case title, message, link, tags, priority, delay, actions, attach, filename, markdown, template, sequence
    case contentType

    private var names: [String] {
        switch self {
        case .title: ["x-title", "title", "ti", "t"]
        case .message: ["x-message", "message", "m"]
        case .link: ["x-click", "click"]
        case .tags: ["x-tags", "tags", "tag", "ta"]
        case .priority: ["x-priority", "priority", "prio", "p"]
        case .delay: ["x-delay", "delay", "x-at", "at", "x-in", "in"]
        case .actions: ["x-actions", "actions", "action"]
        case .attach: ["x-attach", "attach", "a"]
        case .filename: ["x-filename", "filename", "file", "f"]
        case .markdown: ["x-markdown", "markdown", "md"]
        case .template: ["x-template", "template", "tpl"]
        case .sequence: ["x-sequence-id", "sequence-id", "sequence_id", "sid"]
        case .contentType: ["content-type", "content_type"]
        }
    }

    /// The parameter that has this name, in lower case, and the place of the name among the parameter's names.
    static func named(_ name: String) -> (parameter: Self, place: Int)? { table[name] }

    /// For speed, one look into a table for each header, instead of one search of the headers for each name.
    private static let table: [String: (Self, Int)] = {
        var table: [String: (Self, Int)] = [:]
        for parameter in allCases {
            for (place, name) in parameter.names.enumerated() { table[name] = (parameter, place) }
        }
        return table
    }()
}
