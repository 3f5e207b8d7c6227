/// The names of the engines.
///
/// Chat commands and database rows contain the raw value.
///
/// Fixed properties of each engine are declared here, so that the code for chats need not import the engines.
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

    /// Whether the bot boots the engine's machines from an image that `/build` makes.
    package var bootsImage: Bool {
        switch self {
        case .vm, .fluence: true
        case .local, .enrolled: false
        }
    }

    /// Whether the bot starts the workers; false if people start them.
    package var isStartedByBot: Bool { self != .enrolled }

    /// The engine's time limit for one attempt, in hours; nil if the engine sets no limit.
    ///
    /// A rented machine is paid by the hour. The price that an admin agrees to is the price for this number of hours.
    package var attemptLimitHours: Int? { self == .fluence ? 6 : nil }
}
