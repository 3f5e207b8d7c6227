/// Why a chat's file cannot be transferred between chat, bot and worker.
package enum FileFault: Error, Equatable, CustomStringConvertible {
    /// The chat does not have the file any more.
    case gone
    /// `limit` is in bytes.
    case tooLarge(limit: Int)
    /// The file cannot be read at the moment; a retry may succeed.
    case unavailable(String)

    package var description: String {
        switch self {
        case .gone: "the file no longer exists"
        case .tooLarge(let limit): "the file is larger than the limit of \(limit >> 20) MB"
        case .unavailable(let reason): "the file cannot be read at the moment: \(reason)"
        }
    }

    /// The code in the bot's ``Refusal``.
    package var code: String {
        switch self {
        case .gone: "FILE_GONE"
        case .tooLarge: "FILE_TOO_LARGE"
        case .unavailable: "FILE_AWAY"
        }
    }
}
