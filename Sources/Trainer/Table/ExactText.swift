/// A text that is the same only where all its bytes are.
///
/// Strings are equal where they look alike, as é in one character is to é in two; runtimes that read a model compare
/// bytes.
struct ExactText: Hashable {
    private let utf8: [UInt8]

    init(_ text: String) { utf8 = Array(text.utf8) }

    /// Where each of `texts` first stands among them.
    static func positions(_ texts: [String]) -> [ExactText: Int] {
        Dictionary(zip(texts.map(Self.init), 0...)) { first, _ in first }
    }
}
