/// A text that equals another one only if all UTF-8 bytes are equal.
///
/// Swift's strings compare by canonical equivalence: é as one code point equals é as two. Runtimes that execute a model
/// compare bytes.
package struct ExactText: Hashable {
    private let utf8: [UInt8]

    package init(_ text: String) { utf8 = Array(text.utf8) }

    /// Hashes all bytes at once: an array hashes its elements one by one.
    package func hash(into hasher: inout Hasher) {
        unsafe utf8.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    /// The first index of each distinct text in `texts`.
    static func positions(_ texts: [String]) -> [ExactText: Int] {
        Dictionary(zip(texts.map(Self.init), 0...)) { first, _ in first }
    }
}
