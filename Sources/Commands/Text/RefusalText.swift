import Contract
import Store
import Telegram

/// Why a command cannot be done: what is wrong, why, and what to send instead.
enum RefusalText {
    static func denied(_ user: UserID, _ role: Role?) -> Answer {
        guard let role else {
            return Answer(
                "This bot works only for people on its list, and you are not on it. Ask its owner to add "
                    + .code("\(user)") + "."
            )
        }
        return Answer("Your role \(role.rawValue) does not allow this. Ask an admin of this bot.")
    }

    static func usage(_ error: UsageError) -> Answer {
        guard let word = error.word else {
            return Answer(.plain(error.problem) + ". /help all lists the commands.")
        }
        let form = "/\(word.rawValue) \(word.arguments)"
        return Answer(
            .bold("/\(word.rawValue)") + ": " + .plain(error.problem) + "\n\nForm: " + .code(form)
                + "\nExample (tap to copy): " + .code(word.example)
        )
    }

    static func noRun(_ run: RunID) -> Answer {
        Answer("This chat has no run \(run). /runs lists its runs.")
    }

    static func stillRunning(_ run: RunID) -> Answer {
        Answer("Run \(run) has not ended yet. Wait for its end, or send /cancel \(run).")
    }

    /// For a result that is there only once the run has ended.
    static func notReady(_ run: RunID) -> Answer {
        Answer("Run \(run) has no result yet. Ask again when it has finished; /status \(run) shows it.")
    }

    static func noDataset(_ run: RunID) -> Answer {
        Answer("Run \(run) has no dataset to train on. Paste a blob ID, or send a CSV file.")
    }
}
