import Contract
import Foundation
import Jobs
import Store

/// The people who may use the bot.
extension CommandHandler {
    func members() throws {
        let members = try transaction.members()
        try replyInPlace(MembersText.list(members, owners: policy.owners, asking: update.user))
    }

    func askToRemove(_ user: UserID, query: String) throws -> Toast {
        guard let member = try removable(user) else { return Toast(query: query, text: refusal(of: user)) }
        try replyInPlace(MembersText.askToRemove(member))
        return Toast(query: query)
    }

    func remove(_ user: UserID, query: String) throws -> Toast {
        guard let member = try removable(user), try transaction.deleteMember(user) else {
            return Toast(query: query, text: refusal(of: user))
        }
        try members()
        return Toast(query: query, text: MembersText.removed(member))
    }

    /// The member; nil if there is no such member, or if the admin wants to remove themselves.
    private func removable(_ user: UserID) throws -> Member? {
        user == update.user ? nil : try transaction.member(user)
    }

    private func refusal(of user: UserID) -> String {
        user == update.user ? MembersText.notYourself : MembersText.unknown
    }
}
