import Foundation

/// An object that was bought for a blob: the right to its storage until an epoch.
struct Purchase: Codable, Equatable {
    /// The address of the object: `0x` and 64 hexadecimal digits.
    let object: String
    /// The epoch in which the storage ends.
    let endEpoch: Int
    let isDeletable: Bool

    /// Buys a new object.
    init(_ query: StoreQuery) {
        object = Self.newAddress()
        endEpoch = query.epochs
        isDeletable = query.isDeletable
    }

    /// Whether the object gives what `query` asks for, so that no other is bought.
    ///
    /// Who may delete a blob is not harmed if it is permanent.
    func satisfies(_ query: StoreQuery) -> Bool {
        endEpoch >= query.epochs && (query.isDeletable || !isDeletable)
    }

    /// Whether this object gives all that `other` gives.
    func replaces(_ other: Purchase) -> Bool {
        endEpoch >= other.endEpoch && (other.isDeletable || !isDeletable)
    }

    /// A random address of an object.
    static func newAddress() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<4).map { _ in
            let word = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }
        return "0x" + digits.joined()
    }
}
