import Foundation
import Store
import Telegram

/// The people whom the bot knows, and taking leave of them.
enum MemberWords {
    /// `owners` stand in the configuration, and are removed there alone.
    static func list(_ members: [Member], owners: Set<Int64>, asking: Int64) -> Answer {
        let known = members.filter { !owners.contains($0.userID) }
        let lines =
            owners.sorted().map { line(role: .admin, id: $0, name: name(of: $0, in: members), isOwner: true) }
            + known.map { line(role: $0.role, id: $0.userID, name: $0.name, isOwner: false) }
        guard !lines.isEmpty else { return Answer("Nobody is on my list yet.") }
        let buttons = known.filter { $0.userID != asking }.prefix(20).map {
            [InlineButton.action("Remove \(short($0.name))", .askToRemove($0.userID))]
        }
        return Answer(
            lines.reduce(.bold("People") + .plain(" · \(lines.count)\n")) { $0 + "\n" + $1 },
            keyboard: buttons.isEmpty ? nil : InlineKeyboard(Array(buttons))
        )
    }

    static func askToRemove(_ member: Member) -> Answer {
        Answer(
            "Remove " + .bold(member.name)
                + .plain(", \(member.role.rawValue)? What runs goes on; the bot answers nothing more."),
            keyboard: InlineKeyboard([
                [
                    .action("Remove", .remove(member.userID), style: .danger),
                    .action("Keep", .members),
                ]
            ])
        )
    }

    static func removed(_ member: Member) -> String { "\(member.name) is removed." }
    static let nobody = "Nobody by that id is on my list."
    static let notYourself = "You can't remove yourself: another admin can."

    private static func line(role: Role, id: Int64, name: String?, isOwner: Bool) -> HTMLText {
        .plain("\(role.rawValue) · ") + .bold(name ?? "owner") + " " + .code("\(id)")
            + (isOwner ? " · by the bot's configuration" : "")
    }

    private static func name(of user: Int64, in members: [Member]) -> String? {
        members.first { $0.userID == user }?.name
    }

    private static func short(_ name: String) -> String {
        name.count > 24 ? "\(name.prefix(23))…" : name
    }
}
