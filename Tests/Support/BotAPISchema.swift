import Foundation

/// Rules of the Bot API 10.3 about requests and objects: names, types, required fields, limits; a subset.
package struct BotAPISchema: Sendable {
    private let methods: [String: JSONValue]
    private let types: [String: JSONValue]

    /// The rules in `Data/botapi_subset.json`.
    package static let shared: BotAPISchema = {
        do {
            return try BotAPISchema(Fixtures.json("botapi_subset.json"))
        } catch {
            preconditionFailure("the Bot API's rules cannot be read: \(error)")
        }
    }()

    private init(_ rules: JSONValue) throws {
        guard case .object(let methods)? = rules["methods"], case .object(let types)? = rules["types"] else {
            throw FixtureError.unreadable("botapi_subset.json")
        }
        self.methods = methods
        self.types = types
    }

    /// The problems of a request; empty if Telegram would accept its form.
    package func problems(inCall method: String, _ parameters: JSONValue) -> [String] {
        guard case .object(let rules)? = methods[method]?["params"] else {
            return ["\(method): unknown method"]
        }
        return problems(fields: rules, parameters, path: method)
    }

    /// The problems of an object that Telegram sends.
    package func problems(inType type: String, _ value: JSONValue) -> [String] {
        problems(type: .string(type), value, path: type)
    }

    private func problems(type: JSONValue, _ value: JSONValue, path: String) -> [String] {
        if let choices = type.array {
            let all = choices.map { problems(type: $0, value, path: path) }
            return all.min { $0.count < $1.count } ?? []
        }
        let name = type.string ?? ""
        if name.hasPrefix("["), name.hasSuffix("]") {
            guard let elements = value.array else { return ["\(path): array expected"] }
            let inner = JSONValue.string(String(name.dropFirst().dropLast()))
            return elements.enumerated().flatMap { problems(type: inner, $1, path: "\(path)[\($0)]") }
        }
        switch (name, value) {
        case ("int", .integer), ("str", .string), ("bool", .bool), ("true", .bool(true)), ("float", .number),
            ("float", .integer), ("InputFile", .string):
            return []
        case ("int", _), ("str", _), ("bool", _), ("true", _), ("float", _), ("InputFile", _):
            return ["\(path): \(name) expected"]
        default:
            // A type outside the subset is not checked.
            guard let rules = types[name] else { return [] }
            if let choices = rules["one_of"] { return problems(type: choices, value, path: path) }
            guard case .object(let fields)? = rules["fields"], case .object = value else {
                return ["\(path): \(name) object expected"]
            }
            return problems(fields: fields, value, path: path)
        }
    }

    private func problems(fields: [String: JSONValue], _ value: JSONValue, path: String) -> [String] {
        guard case .object(let members) = value else { return ["\(path): object expected"] }
        var problems = members.keys.filter { fields[$0] == nil }.map { "\(path).\($0): unknown field" }
        for (name, rule) in fields {
            guard let member = members[name] else {
                if rule["req"] == true { problems.append("\(path).\(name): required") }
                continue
            }
            if member == .null { problems.append("\(path).\(name): null (Telegram omits the key)") }
            problems += self.problems(type: rule["t"] ?? "", member, path: "\(path).\(name)")
            problems += self.problems(limits: rule, member, path: "\(path).\(name)")
        }
        return problems
    }

    private func problems(limits rule: JSONValue, _ value: JSONValue, path: String) -> [String] {
        var problems: [String] = []
        if let constant = rule["const"], constant != value { problems.append("\(path): must be \(constant)") }
        guard let limits = rule["lim"] else { return problems }
        func check(_ key: String, _ size: Int) {
            guard let bounds = limits[key]?.array?.compactMap(\.integer), bounds.count == 2 else { return }
            if !(bounds[0]...bounds[1]).contains(Int64(size)) {
                problems.append("\(path): \(key) \(size), allowed \(bounds)")
            }
        }
        if let allowed = limits["enum"]?.array, !allowed.contains(value) {
            problems.append("\(path): not in the list")
        }
        if let text = value.string {
            check("bytes", text.utf8.count)
            if limits["after_entities_parsing"] != true { check("chars", text.unicodeScalars.count) }
        }
        if let number = value.integer {
            check("range", Int(number))
            if limits["nonzero"] == true, number == 0 { problems.append("\(path): must not be zero") }
        }
        if let elements = value.array {
            check("items", elements.count)
            if let most = limits["max_items"]?.integer, elements.count > most {
                problems.append("\(path): too many")
            }
        }
        return problems
    }
}

/// Files in `Data`.
package enum Fixtures {
    package static func json(_ name: String) throws -> JSONValue {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
        return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url))
    }

    /// The same for the arguments of a test, which would pass without arguments.
    package static func required(_ name: String) -> JSONValue {
        do {
            return try json(name)
        } catch {
            preconditionFailure("\(name) cannot be read: \(error)")
        }
    }
}

package enum FixtureError: Error {
    case unreadable(String)
}
