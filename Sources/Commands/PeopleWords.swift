import Store
import Telegram

/// What is said of people and how they come onto the list.
enum PeopleWords {
    /// The link, whole: the only time that its code is seen.
    static func invitation(as role: Role, code: String, policy: ChatPolicy) -> HTMLText {
        .bold("An invitation") + " as " + .bold(role.rawValue) + ", for one person and one day:\n"
            + .code(policy.start(with: code))
            + "\n\nPass it on yourself: whoever opens it first is in. I keep only a hash of it."
    }

    static let inPrivate = Answer(
        "Ask me that in private: here whoever is the fastest would take the invitation."
    )

    static let rival = Answer(
        .bold("Another program uses this bot's token.")
            + "\nEach of your messages reaches only one of us. Stop the other one, or get a new token from @BotFather."
    )

    static func alreadyIn(_ role: Role) -> Answer {
        Answer(
            "You are on this bot's list as \(role.rawValue) already. The invitation is still good for another."
        )
    }

    static func joined(_ member: Member) -> Answer {
        Answer(
            .bold(member.name) + .plain(" (\(member.userID)) took your invitation and is on the list as ")
                + .bold(member.role.rawValue) + "."
        )
    }
}
