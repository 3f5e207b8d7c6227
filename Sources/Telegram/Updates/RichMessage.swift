/// A message with headings, lists and tables, of which the bot reads the texts and links alone.
package struct RichMessage: Decodable, Equatable, Sendable {
    /// The texts and links, each in a line.
    package let text: String

    package init(from decoder: any Decoder) throws {
        text = try Part(from: decoder).texts.joined(separator: "\n")
    }

    /// Any part of the message: its blocks are nested in ways that grow with each version of the Bot API.
    private struct Part: Decodable {
        private static let deepest = 32
        let texts: [String]

        init(from decoder: any Decoder) throws {
            texts = decoder.codingPath.count < Self.deepest ? try Self.texts(in: decoder) : []
        }

        private static func texts(in decoder: any Decoder) throws -> [String] {
            if var elements = try? decoder.unkeyedContainer() {
                var texts: [String] = []
                while !elements.isAtEnd { texts += try elements.decode(Part.self).texts }
                return texts
            }
            if let members = try? decoder.container(keyedBy: Name.self) {
                return try members.allKeys.sorted { $0.stringValue < $1.stringValue }
                    .filter { $0.stringValue != "type" && !$0.stringValue.hasSuffix("Id") }
                    .flatMap { try members.decode(Part.self, forKey: $0).texts }
            }
            let text = try? decoder.singleValueContainer().decode(String.self)
            return text.map { [$0] } ?? []
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }
}
