import Contract
import Store
import Telegram

/// Why the bot does not do what a person asked for: what is wrong, why, and what to send instead.
enum RefusalText {
    /// For people who are not on the list.
    static func stranger(_ user: UserID) -> Answer {
        Answer(
            "This bot works only for people on its list, and your ID " + .code("\(user)")
                + " is not on it. Ask its owner for an invitation."
        )
    }

    /// For a member whose role does not allow `action`, such as `/train`.
    static func denied(_ action: String, needs needed: Role, role: Role) -> Answer {
        Answer(
            .plain(
                "\(action) needs the role \(needed.rawValue), and yours is \(role.rawValue). "
                    + "Ask an admin to do it, or to invite you with that role."
            )
        )
    }

    /// For a person who writes in the name of a group or channel.
    static func masked(_ mask: ChatUpdate.Mask) -> Answer {
        switch mask {
        case .group:
            Answer(
                "You write as the group, so I cannot tell who you are, nor what you may do. Choose yourself as the sender, or "
                    + "turn off \"Remain anonymous\" in your rights as an admin. Then send it again as yourself."
            )
        case .channel:
            Answer(
                "You write as a channel, so I cannot tell who you are, nor what you may do. Choose yourself as the sender, "
                    + "beside the text field. Then send it again as yourself."
            )
        }
    }

    /// For an edit of a message whose former text was acted on.
    static func edited(_ run: RunID?) -> Answer {
        guard let run else {
            return Answer(
                "I have acted on the former text, so your edit changes nothing. Send the new text as a new message."
            )
        }
        return Answer(
            "Run \(run) has begun with the former text, so your edit changes nothing. Send the new text as a new message; "
                + "/cancel \(run) cancels the run."
        )
    }

    static func usage(_ error: UsageError, inTerminal: Bool) -> Answer {
        // The problem quotes what the person sent, which may hold marks that turn the line round.
        let problem = ShownName.line(error.problem, limit: longestProblem)
        guard let word = error.word else {
            return Answer(
                .plain(
                    problem.prefix(1).uppercased() + problem.dropFirst()
                        + (problem.hasSuffix("?") ? " " : ". ")
                        + "/help all lists the commands."
                )
            )
        }
        return Answer(
            .bold("/\(word.rawValue)") + ": " + .plain(problem) + "\n\nForm: " + .code(word.form)
                + (inTerminal ? "\nExample: " : "\nExample (tap to copy): ")
                + .code(error.example ?? word.example)
        )
    }

    /// The longest problem with a command that is shown, in characters.
    private static let longestProblem = 1_500

    static func noRun(_ run: RunID) -> Answer {
        Answer("This chat has no run \(run). /runs lists its runs.")
    }

    static func stillRunning(_ run: RunID) -> Answer {
        Answer("Run \(run) has not ended yet. Wait for its end, or send /cancel \(run).")
    }

    /// For a request that needs the result of a run that has not ended.
    static func notReady(_ run: RunID) -> Answer {
        Answer(
            "Run \(run) has no result yet, because it has not ended. Ask again at its end; /status \(run) shows its state."
        )
    }

    static func noDataset(_ run: RunID) -> Answer {
        Answer("Run \(run) has no dataset to train on. Paste a blob ID, or send a CSV file.")
    }
}
