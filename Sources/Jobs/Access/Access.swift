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

    /// Reads the person's role from the database, unless the person is one of `owners`, who are admins.
    package init(user: UserID, chat: ChatID, owners: Set<UserID>, in transaction: Transaction) throws {
        self.init(user: user, chat: chat, role: try Self.role(of: user, owners: owners, in: transaction))
    }

    private static func role(of user: UserID, owners: Set<UserID>, in transaction: Transaction) throws
        -> Role?
    {
        owners.contains(user) ? .admin : try transaction.member(user)?.role
    }

    /// Whether the person has the role `needed` or a higher one; true for everyone if `needed` is nil.
    package func has(_ needed: Role?) -> Bool {
        guard let needed else { return true }
        return role.map { $0 >= needed } ?? false
    }

    /// Whether the person may see what a blob contains; every member may, because blobs are public.
    package var mayLook: Bool { has(.viewer) }

    /// Whether the person may store blobs; a viewer may not, because storage costs money.
    package var mayStore: Bool { has(.operator) }

    package var mayBuild: Bool { has(.admin) }

    /// Whether the person may start runs on this engine.
    package func mayUse(_ engine: EngineName) -> Bool { has(engine.isPaid ? .admin : .operator) }

    /// Whether the run may be shown to the person in this chat: a chat may see its own runs, an admin may see all runs.
    package func maySee(_ run: Run) -> Bool { run.origin.chat == chat || role == .admin }

    /// Whether the person may cancel and silence the run: only the person who requested the run may, or an admin.
    package func mayCancel(_ run: Run) -> Bool { run.origin.user == user || role == .admin }

    /// Whether the person may cancel all runs of a chat at once.
    package var mayCancelEverybodys: Bool { has(.admin) }

    /// The run `id`; nil if there is no such run, or the person may not see the run.
    package func visibleRun(_ id: RunID, in transaction: Transaction) throws -> Run? {
        try transaction.run(id).flatMap { maySee($0) ? $0 : nil }
    }

    /// Whether the person who made the invitation may still invite people; otherwise the invitation is invalid.
    package static func isValid(_ invitation: Invitation, owners: Set<UserID>, in transaction: Transaction)
        throws
        -> Bool
    {
        try role(of: invitation.createdBy, owners: owners, in: transaction) == .admin
    }
}
