package import Contract
package import Store

/// What one person may see and do in one chat: the only place that decides it, for commands, buttons and pages alike.
package struct Access: Equatable, Sendable {
    package let user: UserID
    package let chat: ChatID
    /// Nil: a stranger.
    package let role: Role?

    package init(user: UserID, chat: ChatID, role: Role?) {
        (self.user, self.chat, self.role) = (user, chat, role)
    }

    /// Looks the person's role up; `owners` are admins by the configuration.
    package init(user: UserID, chat: ChatID, owners: Set<UserID>, in transaction: Transaction) throws {
        self.init(user: user, chat: chat, role: try Self.role(of: user, owners: owners, in: transaction))
    }

    private static func role(of user: UserID, owners: Set<UserID>, in transaction: Transaction) throws -> Role? {
        owners.contains(user) ? .admin : try transaction.member(user)?.role
    }

    /// Whether the person has `role` or a higher one; everybody may do what needs no role.
    package func has(_ needed: Role?) -> Bool {
        guard let needed else { return true }
        return role.map { $0 >= needed } ?? false
    }

    /// Looking at a blob shows what anyone can read on Walrus.
    package var mayLook: Bool { has(.viewer) }

    /// Storing a blob costs money.
    package var mayStore: Bool { has(.operator) }

    package var mayBuild: Bool { has(.admin) }

    /// Whether the person may start runs on this engine.
    package func mayUse(_ engine: EngineName) -> Bool { has(engine.isPaid ? .admin : .operator) }

    /// The chat sees its own runs; an admin sees all of them.
    package func maySee(_ run: Run) -> Bool { run.origin.chat == chat || role == .admin }

    /// The person who started a run, or an admin, may cancel it and silence its end.
    package func mayStop(_ run: Run) -> Bool { run.origin.user == user || role == .admin }

    /// The run with that number, where the person may see it.
    package func visibleRun(_ id: RunID, in transaction: Transaction) throws -> Run? {
        try transaction.run(id).flatMap { maySee($0) ? $0 : nil }
    }

    /// Whether an invitation is still valid: the person who made it must still be allowed to invite.
    package static func isValid(_ invitation: Invitation, owners: Set<UserID>, in transaction: Transaction) throws
        -> Bool
    {
        try role(of: invitation.createdBy, owners: owners, in: transaction) == .admin
    }
}
