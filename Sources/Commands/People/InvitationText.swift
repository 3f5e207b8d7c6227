import Store
import Telegram

/// Invitations, and the people who use them.
enum InvitationText {
    /// The link: the only message that shows its code.
    static func invitation(as role: Role, code: String, policy: ChatPolicy) -> HTMLText {
        .bold("An invitation") + " as " + .bold(role.rawValue) + ", for one person and one day:\n"
            + .code(policy.start(with: code))
            + "\n\nSend it to that person: the first one who opens it is in. The bot stores only its hash."
    }

    static let inPrivate = Answer(
        "In a group anybody could take the invitation. Send me /invite in a private chat."
    )

    static let wrongCode = Answer(
        "This code is not valid: it was used already, has expired, or is mistyped. Ask for a new invitation."
    )

    static func alreadyIn(_ role: Role) -> Answer {
        Answer(
            "You are on this bot's list as \(role.rawValue) already. Somebody else can still use the invitation."
        )
    }

    static func joined(_ member: Member) -> Answer {
        Answer(
            .bold(member.name) + .plain(" (\(member.userID)) took your invitation and is on the list as ")
                + .bold(member.role.rawValue) + "."
        )
    }
}
