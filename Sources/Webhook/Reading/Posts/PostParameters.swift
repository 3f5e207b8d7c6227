import Foundation

/// The values of a post's parameters: trimmed, decoded, and never empty.
struct PostParameters {
    private var values: [PostParameter: (value: String, place: Int)] = [:]

    subscript(parameter: PostParameter) -> String? { values[parameter]?.value }
    var isEmpty: Bool { values.isEmpty }

    /// Whether the parameter is `1`, `yes` or `true`.
    func isOn(_ parameter: PostParameter) -> Bool { self[parameter].map(Self.isOn) ?? false }

    static func isOn(_ value: String) -> Bool { ["1", "yes", "true"].contains(value.lowercased()) }

    /// Adds values of one source; where the source has several names of a parameter, ntfy's first one counts.
    ///
    /// Values of an earlier source stay, as headers come before the query.
    mutating func add(_ source: some Sequence<(name: String, value: String)>) {
        var added: [PostParameter: (value: String, place: Int)] = [:]
        for (name, raw) in source {
            guard let (parameter, place) = PostParameter.named(name) else { continue }
            let value = EncodedWords.decoded(raw).trimmed
            guard !value.isEmpty, parameter != .priority || !Self.isOfHTTP(value) else { continue }
            if let other = added[parameter], other.place <= place { continue }
            added[parameter] = (value, place)
        }
        if values.isEmpty { values = added } else { values.merge(added) { old, _ in old } }
    }

    /// Whether the value is HTTP's own header `Priority` (RFC 9218), which proxies add, such as `u=1, i`.
    private static func isOfHTTP(_ value: String) -> Bool {
        value.hasPrefix("u=") || value == "i"
    }
}
