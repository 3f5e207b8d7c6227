import Foundation
import Jobs
import Store

/// The people whom the bot knows.
extension Turn {
    func members() throws {
        let members = try transaction.members()
        try redraw(MemberWords.list(members, owners: policy.admins, asking: incoming.user))
    }

    func askToRemove(_ user: Int64, query: String) throws -> Toast {
        guard let member = try removable(user) else { return Toast(query: query, text: refusal(of: user)) }
        try redraw(MemberWords.askToRemove(member))
        return Toast(query: query)
    }

    func remove(_ user: Int64, query: String) throws -> Toast {
        guard let member = try removable(user), try transaction.deleteMember(user) else {
            return Toast(query: query, text: refusal(of: user))
        }
        try members()
        return Toast(query: query, text: MemberWords.removed(member))
    }

    private func removable(_ user: Int64) throws -> Member? {
        user == incoming.user ? nil : try transaction.member(user)
    }

    private func refusal(of user: Int64) -> String {
        user == incoming.user ? MemberWords.notYourself : MemberWords.nobody
    }
}
