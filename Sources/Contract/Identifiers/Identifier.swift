/// A number that names one row of the bot's, or one thing of Telegram's: a type of its own for each kind, so that the
/// compiler tells them apart.
///
/// JSON and SQLite hold the plain number.
package protocol Identifier: RawRepresentable<Int64>, Codable, Hashable, Comparable, Sendable,
    CustomStringConvertible, ExpressibleByIntegerLiteral
{
    init(rawValue: Int64)
}

extension Identifier {
    package init(_ number: Int64) { self.init(rawValue: number) }

    package init(integerLiteral value: Int64) { self.init(rawValue: value) }

    /// Reads a positive number, as people and buttons write it; nil for anything else.
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
