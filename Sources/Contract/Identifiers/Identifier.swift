/// The id of a row in the database, or Telegram's id of a chat, message and so on.
///
/// Each kind of id is a type, so that the compiler tells them apart. JSON and SQLite hold the plain number.
package protocol Identifier: RawRepresentable<Int64>, Codable, Hashable, Comparable, Sendable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    init(rawValue: Int64)
}

extension Identifier {
    package init(_ number: Int64) { self.init(rawValue: number) }

    package init(integerLiteral value: Int64) { self.init(rawValue: value) }

    /// Parses a positive number; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0 else { return nil }
        self.init(rawValue: number)
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var description: String { "\(rawValue)" }

    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
