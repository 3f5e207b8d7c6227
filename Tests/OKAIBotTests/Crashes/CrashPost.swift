import Foundation

/// A post of a crash test that was accepted.
struct CrashPost: Sendable {
    enum Kind: Sendable {
        case plain
        /// With a file.
        case file([UInt8])
        /// Not to be sent before this time.
        case delayed(until: Date)
        /// One of the versions of one message.
        case version
    }

    let chat: CrashChat
    /// The text, which no other post has in it.
    let text: String
    var kind = Kind.plain
    /// ntfy's headers.
    var headers: [String: String] = [:]

    var isVersion: Bool { if case .version = kind { true } else { false } }
}
