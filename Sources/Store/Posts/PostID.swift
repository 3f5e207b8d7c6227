import Contract

/// The id of a post in the answer to its sender: 12 letters and digits, as ntfy's ids have.
///
/// It is made from the row's id, so no column holds it. It looks random only so that people take no two ids for the same:
/// it is no secret, and is worth nothing without the topic's address.
package struct PostID: Hashable, Sendable, CustomStringConvertible {
    package enum Row: Hashable, Sendable {
        case message(OutboxID)
        /// A row of the posts that are kept until they are due.
        case delayed(Int64)
    }

    package let row: Row

    package init(_ row: Row) { self.row = row }

    /// Parses an id; nil if it is not one.
    package init?(_ text: String) {
        let digits = text.utf8.compactMap { Self.digits.firstIndex(of: $0) }
        guard digits.count == Self.length, text.utf8.count == Self.length else { return nil }
        let mixed = digits.reduce(UInt64(0)) { $0 << 5 | UInt64($1) }
        self.init(rawValue: Int64((mixed &* Self.inverse) & Self.mask))
    }

    /// The row as one number: twice its id, and one more for a post that is kept.
    package init(rawValue: Int64) {
        let id = rawValue >> 1
        row = rawValue & 1 == 0 ? .message(OutboxID(rawValue: id)) : .delayed(id)
    }

    package var rawValue: Int64 {
        switch row {
        case .message(let id): id.rawValue << 1
        case .delayed(let id): id << 1 | 1
        }
    }

    package var description: String {
        let mixed = (UInt64(bitPattern: rawValue) &* Self.factor) & Self.mask
        let places = (0..<UInt64(Self.length)).reversed()
        return String(decoding: places.map { Self.digits[Int(mixed >> (5 * $0) & 31)] }, as: UTF8.self)
    }

    private static let length = 12
    private static let digits = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
    /// 12 digits of 5 bits.
    private static let mask: UInt64 = (1 << 60) - 1
    /// An odd number, so multiplying modulo 2^60 maps no two numbers to the same.
    private static let factor: UInt64 = 0x9_E37_79B9_7F4A_7C15 & mask
    /// The number that undoes ``factor`` modulo 2^60; each round of Newton's method doubles the right bits.
    private static let inverse: UInt64 =
        (0..<6).reduce(factor) { guess, _ in guess &* (2 &- factor &* guess) } & mask
}
