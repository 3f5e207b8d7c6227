/// The names of the engines, as commands and rows spell them.
///
/// Properties that every engine of a name has are declared here, so that the chat need not import the engines.
package enum EngineName: String, Codable, CaseIterable, Sendable, CustomStringConvertible {
    /// A process on the bot's own machine.
    case local
    /// A virtual machine on the bot's own machine, run by qemu.
    case vm
    /// A machine that a person starts by hand and that asks the bot for a job.
    case enrolled
    /// A virtual machine rented at Fluence.
    case fluence

    package var description: String { rawValue }

    /// Whether a run costs money, so that an admin must agree to its price before it starts.
    package var isPaid: Bool { self == .fluence }

    /// Whether its machines boot an image that `/build` makes.
    package var bootsImage: Bool {
        switch self {
        case .vm, .fluence: true
        case .local, .enrolled: false
        }
    }

    /// Whether the bot starts the workers; false if people start them, at any time or never.
    package var isStartedByBot: Bool { self != .enrolled }

    /// The longest run that the engine allows, in hours; nil: the bot's own limit.
    ///
    /// A rented machine costs money by the hour, so the price that an admin agrees to is the price of this time.
    package var longestRunHours: Int? { self == .fluence ? 6 : nil }
}
