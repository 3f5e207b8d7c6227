import Contract
import Foundation
import Store
import Telegram

/// Texts about the list of members and about removing a member.
enum MembersText {
    /// `owners` are admins by the configuration, so they have no button that removes them.
    static func list(_ members: [Member], owners: Set<UserID>, asking: UserID) -> Answer {
        let known = members.filter { !owners.contains($0.userID) }
        let lines =
            owners.sorted().map { line(role: .admin, id: $0, name: name(of: $0, in: members), isOwner: true) }
            + known.map { line(role: $0.role, id: $0.userID, name: $0.name, isOwner: false) }
        guard !lines.isEmpty else {
            return Answer("Nobody is on this bot's list yet. /invite makes an invitation.")
        }
        let buttons = known.filter { $0.userID != asking }.prefix(20).map {
            [InlineButton.action("Remove \(short($0.name))", .user(.askToRemove, $0.userID))]
        }
        return Answer(
            lines.reduce(.bold("People") + .plain(" · \(lines.count)\n")) { $0 + "\n" + $1 },
            keyboard: buttons.isEmpty ? nil : InlineKeyboard(Array(buttons))
        )
    }

    static func askToRemove(_ member: Member) -> Answer {
        Answer(
            "Remove " + .bold(ShownName.line(member.name))
                + .plain(
                    ", \(member.role.rawValue)? The person's runs go on, but the person can no longer use the bot."
                ),
            keyboard: InlineKeyboard([
                [
                    .action("Remove", .user(.remove, member.userID), style: .danger),
                    .action("Keep", .plain(.members)),
                ]
            ])
        )
    }

    static func removed(_ member: Member) -> String { "\(ShownName.line(member.name)) is removed." }
    static let unknown = "This person is not on the list any more. /members shows the list."
    static let notYourself = "You cannot remove yourself. Ask another admin."

    private static func line(role: Role, id: UserID, name: String?, isOwner: Bool) -> HTMLText {
        .plain("\(role.rawValue) · ") + .bold(name.map { ShownName.line($0) } ?? "owner") + " "
            + .code("\(id)")
            + (isOwner ? " · set in the configuration" : "")
    }

    private static func name(of user: UserID, in members: [Member]) -> String? {
        members.first { $0.userID == user }?.name
    }

    private static func short(_ name: String) -> String {
        ShownName.line(name, limit: 24)
    }
}
