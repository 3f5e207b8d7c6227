import Foundation
import Store

/// Reads the buttons that a sender asks for, in ntfy's short form or as JSON (docs.ntfy.sh/publish, "Action buttons").
///
/// The short form is `view, Open log, https://ci.example.org/7; copy, Copy code, 4711`: actions between semicolons, fields
/// between commas. A field may have a name, as in `label=Open log`, and may be in quotes.
struct ActionsParser {
    /// ntfy's largest number of actions.
    private static let most = 3

    private var rest: Substring.UnicodeScalarView

    /// - Throws: ``WebhookError/actions(_:)``.
    static func actions(in text: String) throws -> [TopicPost.Action] {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if trimmed.hasPrefix("[") || trimmed.hasPrefix("{") {
            guard let list = PostJSON.value(of: Array(trimmed.utf8)) else {
                throw WebhookError.actions("they begin like JSON, but are no JSON")
            }
            return try actions(list)
        }
        var parser = ActionsParser(rest: Substring(trimmed).unicodeScalars)
        var fields: [[String: String]] = []
        while !parser.rest.isEmpty { fields.append(try parser.readAction()) }
        return try made(of: fields.filter { !$0.isEmpty })
    }

    /// The actions in a JSON value: an array of objects, one object, or the short form.
    static func actions(_ json: Any) throws -> [TopicPost.Action] {
        if let text = json as? String { return try actions(in: text) }
        guard let objects = json as? [[String: Any]] ?? (json as? [String: Any]).map({ [$0] }) else {
            throw WebhookError.actions("an array of objects is expected")
        }
        return try made(of: objects.map { PostJSON.named($0).compactMapValues(PostJSON.text) })
    }

    private static func made(of fields: [[String: String]]) throws -> [TopicPost.Action] {
        guard fields.count <= most else {
            throw WebhookError.actions("there are \(fields.count), and at most \(most) are allowed")
        }
        return try fields.map(action)
    }

    private static func action(_ fields: [String: String]) throws -> TopicPost.Action {
        let kind = (fields["action"] ?? "").lowercased()
        guard let label = fields["label"], !label.isEmpty else {
            throw WebhookError.actions("the action \(Excerpt.quoted(kind)) has no label")
        }
        switch kind {
        case "view":
            guard let url = fields["url"], !url.isEmpty else {
                throw WebhookError.actions("the action \(Excerpt.quoted(label)) has no url")
            }
            return .open(label: label, url: url)
        case "copy":
            guard let text = fields["value"] ?? fields["text"], !text.isEmpty else {
                throw WebhookError.actions("the action \(Excerpt.quoted(label)) has no value to copy")
            }
            return .copy(label: label, text: text)
        case "http", "broadcast": return .unsupported(kind: kind, label: label)
        default:
            throw WebhookError.actions("\(Excerpt.quoted(kind)) is none of view, copy, http and broadcast")
        }
    }
}

// MARK: - The short form

extension ActionsParser {
    /// Reads the fields up to a semicolon or the end; fields without a name are named by their place.
    private mutating func readAction() throws -> [String: String] {
        var fields: [String: String] = [:]
        var place = 0
        while true {
            skipBlanks()
            let name = readName()
            let value = try readValue()
            if let key = name ?? Self.name(ofPlace: place, in: fields) {
                fields[key] = value
            } else if !value.isEmpty {
                throw WebhookError.actions("\(Excerpt.quoted(value)) has no name: write name=value")
            }
            place += 1
            let end = rest.popFirst()
            guard end == "," else { break }
        }
        return fields.values.allSatisfy(\.isEmpty) ? [:] : fields
    }

    private static func name(ofPlace place: Int, in fields: [String: String]) -> String? {
        switch (place, fields["action"]?.lowercased()) {
        case (0, _): "action"
        case (1, _): "label"
        case (2, "view"), (2, "http"): "url"
        case (2, "copy"): "value"
        default: nil
        }
    }

    /// Reads `name=` at the start of a field; nil if there is none.
    private mutating func readName() -> String? {
        let name = rest.prefix { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "-_.0123456789".unicodeScalars.contains(scalar))
        }
        let after = rest[name.endIndex...].drop(while: Self.isBlank)
        guard !name.isEmpty, after.first == "=" else { return nil }
        rest = after.dropFirst()
        skipBlanks()
        return String(name).lowercased()
    }

    /// Reads a value up to the comma, semicolon or end behind it.
    private mutating func readValue() throws -> String {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let value = rest.prefix { !Self.isEnd($0) }
            rest = rest[value.endIndex...]
            return String(value).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == "\\", rest.first == quote {
                value.append(rest.removeFirst())
            } else if scalar == quote {
                skipBlanks()
                guard rest.first.map(Self.isEnd) ?? true else {
                    throw WebhookError.actions(
                        "a comma or semicolon is missing behind \(Excerpt.quoted(String(value)))"
                    )
                }
                return String(value)
            } else {
                value.append(scalar)
            }
        }
        throw WebhookError.actions("the quotation \(Excerpt.quoted(String(value))) has no end")
    }

    private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        " \t\r\n".unicodeScalars.contains(scalar)
    }
    private static func isEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "," || scalar == ";" }
}
