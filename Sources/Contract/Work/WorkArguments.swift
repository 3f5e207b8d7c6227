/// The arguments of one kind of work.
package protocol WorkArguments: Codable, Equatable, Sendable {
    static var kind: JobKind { get }
    /// The time limit of one attempt, in hours; nil: the bot's own limit.
    var hours: Int? { get }
    /// The chat's file that the worker must pull from the bot; nil if it needs none.
    var chatFile: ChatFile? { get }
}

extension WorkArguments {
    package var hours: Int? { nil }
    package var chatFile: ChatFile? { nil }
}
