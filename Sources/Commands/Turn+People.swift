import Foundation
import Jobs
import Store

/// How people come onto the list.
extension Turn {
    /// How long an invitation opens anything, in seconds.
    private static let invitationTime: TimeInterval = 86_400

    /// Says hello, or takes a code: the first admin's, else an invitation's.
    func start(_ code: String?) throws {
        guard let code else {
            return try say(role == nil ? Words.denied(incoming.user, role) : Words.welcome)
        }
        // A link such as t.me/bot?start=t_<blob> brings its blob along.
        if code.hasPrefix("t_"), let blob = BlobScanner.blobs(in: String(code.dropFirst(2))).first {
            return try look(at: [blob])
        }
        if try AdminCode.redeem(code, for: incoming, in: transaction, at: now) {
            return try say(Words.welcome)
        }
        guard let invitation = try invitation(for: code) else { return try say(Words.wrongCode) }
        if let role, role >= invitation.role { return try say(PeopleWords.alreadyIn(role)) }
        try transaction.deleteInvitation(invitation.id ?? 0)
        let newcomer = Member(
            userID: incoming.user,
            role: invitation.role,
            name: incoming.userName,
            addedAt: now
        )
        try transaction.save(newcomer)
        try say(Words.welcome)
        try tell(invitation.createdBy, PeopleWords.joined(newcomer))
    }

    /// Makes an invitation whose link is said by the courier alone: here its code is not drawn yet.
    func invite(as role: Role) throws {
        // In a group the link would be for whoever is the fastest.
        guard incoming.isPrivate else { return try say(PeopleWords.inPrivate) }
        let invitation = try transaction.insert(
            Invitation(
                role: role,
                createdBy: incoming.user,
                expiresAt: now.addingTimeInterval(Self.invitationTime)
            )
        )
        try transaction.enqueue(
            OutboxMessage(
                chatID: incoming.chat,
                threadID: incoming.topic,
                kind: .invitation,
                subject: invitation.id,
                createdAt: now
            )
        )
    }

    /// The invitation that `code` opens, where its maker may still invite.
    private func invitation(for code: String) throws -> Invitation? {
        guard let invitation = try transaction.invitation(codeHash: Secret(code).hash, at: now),
            try permissions.mayStillInvite(invitation.createdBy, in: transaction)
        else { return nil }
        return invitation
    }
}
