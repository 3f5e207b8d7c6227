/// The notation as JSON: only what differs from ``NumberNotation/plain``, which is `{}`.
extension NumberNotation: Codable {
    private enum CodingKeys: String, CodingKey {
        case decimal, grouping, groupsByTwo, groupsAreOptional
        case prefix, prefixIsOptional, suffix, singular, suffixIsOptional
        case hasParentheses, hasFootnotes
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func flag(_ key: CodingKeys) throws -> Bool {
            try values.decodeIfPresent(Bool.self, forKey: key) ?? false
        }
        func text(_ key: CodingKeys) throws -> String {
            try values.decodeIfPresent(String.self, forKey: key) ?? ""
        }
        decimal = try values.decodeIfPresent(DecimalMark.self, forKey: .decimal) ?? .point
        grouping = try values.decodeIfPresent(Grouping.self, forKey: .grouping) ?? .none
        groupsByTwo = try flag(.groupsByTwo)
        groupsAreOptional = try flag(.groupsAreOptional)
        prefix = try text(.prefix)
        prefixIsOptional = try flag(.prefixIsOptional)
        suffix = try text(.suffix)
        singular = try text(.singular)
        suffixIsOptional = try flag(.suffixIsOptional)
        hasParentheses = try flag(.hasParentheses)
        hasFootnotes = try flag(.hasFootnotes)
        if grouping.rawValue == decimal.rawValue {
            throw DecodingError.dataCorruptedError(
                forKey: .grouping,
                in: values,
                debugDescription: "the \(decimal.rawValue) separates groups and decimals"
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        if decimal != .point { try values.encode(decimal, forKey: .decimal) }
        if grouping != .none { try values.encode(grouping, forKey: .grouping) }
        let flags: [(Bool, CodingKeys)] = [
            (groupsByTwo, .groupsByTwo), (groupsAreOptional, .groupsAreOptional),
            (prefixIsOptional, .prefixIsOptional), (suffixIsOptional, .suffixIsOptional),
            (hasParentheses, .hasParentheses), (hasFootnotes, .hasFootnotes),
        ]
        for (flag, key) in flags where flag { try values.encode(true, forKey: key) }
        for (text, key) in [(prefix, CodingKeys.prefix), (suffix, .suffix), (singular, .singular)]
        where !text.isEmpty {
            try values.encode(text, forKey: key)
        }
    }
}
