import HTTPTypes
import Hummingbird

/// Which methods each path has, for requests whose method or path is none of the routes.
struct RouteTable: Sendable {
    /// A path with all methods of its routes.
    struct Entry: Sendable {
        /// The path's components; those that begin with `{` match any text.
        let pattern: [Substring]
        var methods: [HTTPRequest.Method]

        /// Whether the path is that of a topic, whose first component is the topic's secret, or the root.
        var isOfTopic: Bool { pattern.first?.hasPrefix("{") ?? true }

        func matches(_ path: [Substring]) -> Bool {
            path.count == pattern.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    private let entries: [Entry]

    /// A path with GET also has HEAD, except where GET posts to a topic: a HEAD request must change nothing.
    init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
        var entries: [[Substring]: Entry] = [:]
        for (path, method) in routes {
            let pattern = path.split(separator: "/")
            entries[pattern, default: Entry(pattern: pattern, methods: [])].methods.append(method)
        }
        self.entries = entries.values.map { entry in
            var entry = entry
            if !entry.isOfTopic, entry.methods.contains(.get), !entry.methods.contains(.head) {
                entry.methods.append(.head)
            }
            entry.methods.sort { $0.rawValue < $1.rawValue }
            return entry
        }
    }

    /// The entry that the router chooses for `path`, which prefers fixed components; nil if there is none.
    func entry(for path: String) -> Entry? {
        let components = path.split(separator: "/")
        return entries.filter { $0.matches(components) }.min { first, second in
            let wild = zip(first.pattern, second.pattern).first { $0.hasPrefix("{") != $1.hasPrefix("{") }
            return wild.map { !$0.0.hasPrefix("{") } ?? false
        }
    }
}
