/// Why a chat's file does not come: what the worker tells people, or tries again.
package enum FileFault: Error, Equatable, CustomStringConvertible {
    case gone
    case tooLarge(limit: Int)
    /// Not now.
    case away(String)

    package var description: String {
        switch self {
        case .gone: "the file is gone from where it was sent"
        case .tooLarge(let limit): "the file is larger than the \(limit >> 20) MB that are taken here"
        case .away(let reason): "the file does not come: \(reason)"
        }
    }

    /// The word for machines, in a refusal of the bot's.
    package var code: String {
        switch self {
        case .gone: "FILE_GONE"
        case .tooLarge: "FILE_TOO_LARGE"
        case .away: "FILE_AWAY"
        }
    }
}
