/// The engines, by the words that commands and rows use: the one list of them.
///
/// What an engine is by nature is a property here, so that chat and page need not know its technology.
package enum EngineName: String, Codable, CaseIterable, Sendable, CustomStringConvertible {
    /// A process on the bot's own machine.
    case local
    /// A virtual machine on the bot's own machine, run by qemu.
    case vm
    /// A machine that somebody starts by hand and that asks the bot for a job.
    case enrolled
    /// A virtual machine rented at Fluence.
    case fluence

    package var description: String { rawValue }

    /// Whether a run costs money, so that an admin must agree to its price first.
    package var isPaid: Bool { self == .fluence }

    /// Whether its machines boot an image that `/build` made.
    package var bootsImage: Bool {
        switch self {
        case .vm, .fluence: true
        case .local, .enrolled: false
        }
    }

    /// Whether the bot starts its workers; people start those of the other engines, and may never do so.
    package var isStartedByBot: Bool { self != .enrolled }

    /// The longest run that it allows, in hours; nil: as long as the bot allows anywhere.
    ///
    /// A rented machine is paid for as long as it lives, and its price is asked for this long.
    package var longestRunHours: Int? { self == .fluence ? 6 : nil }
}
