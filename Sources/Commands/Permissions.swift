import Store

/// Who may do what: the one place that decides, for commands, buttons and pasted IDs alike.
struct Permissions {
    let policy: ChatPolicy

    /// The person's role; nil for a stranger.
    func role(of user: Int64, in transaction: Transaction) throws -> Role? {
        policy.admins.contains(user) ? .admin : try transaction.member(user)?.role
    }

    func mayUse(_ word: CommandWord, _ role: Role?) -> Bool {
        guard let needed = word.role else { return true }
        return role.map { $0 >= needed } ?? false
    }

    /// To look at blobs is to see.
    func mayLook(_ role: Role?) -> Bool { role.map { $0 >= .viewer } ?? false }

    /// An invitation counts as long as whoever made it may make one.
    func mayStillInvite(_ user: Int64, in transaction: Transaction) throws -> Bool {
        mayUse(.invite, try role(of: user, in: transaction))
    }

    /// A run may be stopped by whoever started it, and by admins.
    func mayStop(_ run: Run, user: Int64, role: Role?) -> Bool {
        run.origin.user == user || role == .admin
    }
}
