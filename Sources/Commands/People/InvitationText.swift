import Store
import Telegram

/// Texts about invitations.
enum InvitationText {
    /// The message with the link of an invitation.
    ///
    /// No other message shows the code.
    static func invitation(as role: Role, code: String, policy: ChatPolicy) -> HTMLText {
        .bold("An invitation") + " as " + .bold(role.rawValue) + ", for one person and one day:\n"
            + .code(policy.startLink(with: code))
            + "\n\nSend it only to that person: the first person who opens it gets the role. The bot stores only a hash of the code."
    }

    static let wrongCode = Answer(
        "This code is not valid: it was used already, is older than a day, is mistyped, or comes from a person who may not invite "
            + "people any more. Ask for a new invitation."
    )

    /// For a member, who may have pressed Start again.
    static func wrongCodeOfMember(_ role: Role) -> Answer {
        Answer(
            "You are on this bot's list as \(role.rawValue). This code is not valid (any more), and without another role you need "
                + "none. Send /help to begin."
        )
    }

    static func alreadyIn(_ role: Role) -> Answer {
        Answer(
            "You are on this bot's list as \(role.rawValue) already, so you need no invitation. Another person can still use this invitation."
        )
    }

    static func joined(_ member: Member) -> Answer {
        Answer(
            .bold(ShownName.line(member.name))
                + .plain(" (\(member.userID)) took your invitation and is on the list as ")
                + .bold(member.role.rawValue) + "."
        )
    }
}
