package import Contract
package import Store

/// Decides what one person may see and do in one chat, for commands, buttons and pages.
package struct Access: Equatable, Sendable {
    package let user: UserID
    package let chat: ChatID
    /// Nil if the person is not a member.
    package let role: Role?

    package init(user: UserID, chat: ChatID, role: Role?) {
        (self.user, self.chat, self.role) = (user, chat, role)
    }

    /// Reads the person's role from the database; `owners` are admins by the configuration.
    package init(user: UserID, chat: ChatID, owners: Set<UserID>, in transaction: Transaction) throws {
        self.init(user: user, chat: chat, role: try Self.role(of: user, owners: owners, in: transaction))
    }

    private static func role(of user: UserID, owners: Set<UserID>, in transaction: Transaction) throws
        -> Role?
    {
        owners.contains(user) ? .admin : try transaction.member(user)?.role
    }

    /// Whether the person has the role `needed` or a higher one; true for everyone if it is nil.
    package func has(_ needed: Role?) -> Bool {
        guard let needed else { return true }
        return role.map { $0 >= needed } ?? false
    }

    /// A look shows only public data, so every member may look.
    package var mayLook: Bool { has(.viewer) }

    /// Storage costs money, so a viewer may not store.
    package var mayStore: Bool { has(.operator) }

    package var mayBuild: Bool { has(.admin) }

    /// Whether the person may start runs on this engine.
    package func mayUse(_ engine: EngineName) -> Bool { has(engine.isPaid ? .admin : .operator) }

    /// Whether the run may be shown: a chat sees its own runs, an admin sees all.
    package func maySee(_ run: Run) -> Bool { run.origin.chat == chat || role == .admin }

    /// Whether the person may cancel the run and silence its end: the person who requested it, or an admin.
    package func mayCancel(_ run: Run) -> Bool { run.origin.user == user || role == .admin }

    /// The run `id`; nil if there is none or the person may not see it.
    package func visibleRun(_ id: RunID, in transaction: Transaction) throws -> Run? {
        try transaction.run(id).flatMap { maySee($0) ? $0 : nil }
    }

    /// Whether an invitation is still valid: the person who made it must still be allowed to invite.
    package static func isValid(_ invitation: Invitation, owners: Set<UserID>, in transaction: Transaction)
        throws
        -> Bool
    {
        try role(of: invitation.createdBy, owners: owners, in: transaction) == .admin
    }
}
