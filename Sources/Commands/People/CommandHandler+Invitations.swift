import Contract
import Foundation
import Jobs
import Store

/// Invitations, and the codes by which people become members.
extension CommandHandler {
    /// How long an invitation is valid, in seconds.
    private static let invitationTime: TimeInterval = 86_400

    /// Redeems the code of the first admin or of an invitation.
    ///
    /// Without a code, shows the welcome, or refuses a stranger. For the text `t_<blob>`, enqueues a job that reads
    /// the blob, after which the bot shows the blob's card.
    func start(_ code: String?) throws {
        guard let code else { return try reply(access.role == nil ? strangerDenial : HelpText.welcome) }
        // From a link such as t.me/bot?start=t_<blob>.
        if code.hasPrefix("t_"), let blob = BlobScanner.blobs(in: String(code.dropFirst(2))).first {
            return try enqueueLooks(at: [blob])
        }
        if try AdminCode.redeem(code, for: update, in: transaction, at: now) {
            return try reply(HelpText.welcome)
        }
        guard let invitation = try validInvitation(for: code) else {
            return try refuse(access.role.map(InvitationText.wrongCodeOfMember) ?? InvitationText.wrongCode)
        }
        if let role = access.role, role >= invitation.role {
            return try reply(InvitationText.alreadyIn(role))
        }
        try accept(invitation)
    }

    private func accept(_ invitation: Invitation) throws {
        try transaction.deleteInvitation(invitation.id)
        let newcomer = Member(
            userID: update.user,
            role: invitation.role,
            name: update.userName,
            addedAt: now
        )
        try transaction.save(newcomer)
        try reply(HelpText.welcome)
        let host = ChatID(private: invitation.createdBy)
        try transaction.enqueue(.reply(InvitationText.joined(newcomer), chat: host, at: now))
    }

    /// Inserts an invitation, and sends its link; in a group, to the person alone.
    ///
    /// The courier makes the code when it sends the link. The database stores only the hash of the code.
    func invite(as role: Role) throws {
        let invitation = try transaction.insertInvitation(
            as: role,
            by: update.user,
            expiresAt: now.addingTimeInterval(Self.invitationTime)
        )
        try transaction.enqueue(
            NewMessage(.invitation(invitation.id), chat: update.chat, thread: update.thread, createdAt: now)
        )
    }

    private func validInvitation(for code: String) throws -> Invitation? {
        guard let invitation = try transaction.invitation(codeHash: Secret(code).hash, at: now),
            try Access.isValid(invitation, owners: policy.owners, in: transaction)
        else { return nil }
        return invitation
    }
}
