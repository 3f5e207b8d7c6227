import Contract
import Jobs
import Store
import Telegram

/// What the bot says about itself, about commands, and about what cannot be done.
enum Words {
    static let welcome = Answer(
        .bold("OKAI Bot") + "\nTrains a model on data that lies on Walrus, and reports back here.\n\n"
            + .bold("Fastest way:") + " paste a blob ID in this chat.\n\n" + menu,
        keyboard: InlineKeyboard([
            [.demo],
            [.action("How it works", .help)],
        ])
    )

    static let help = Answer(
        .bold("How it works")
            + "\nYou send a dataset's blob ID. A worker pulls the blob from Walrus, recomputes its ID "
            + "from the bytes, trains a model, and stores the model and a receipt back on Walrus. "
            + "All IDs can be recomputed by anyone. " + FileWords.help + "\n\n"
            + menu + "\n\n" + .bold("Settings of /train") + "\n"
            + .code("target=NAME") + " the column to predict\n"
            + .code("model=forest") + " or boost, or linear\n" + .code("trees=100") + " how many trees\n"
            + .code("depth=5") + " how deep, or none\n" + .code("seed=42") + " same seed, same model\n"
            + .code("test=0.2") + " share of rows to measure with\n"
            + .plain("And: \(others), engine, hours.\n\n")
            + groups
    )

    /// The settings of trainings that are not explained.
    private static var others: String {
        let explained: Set = ["target", "model", "trees", "depth", "seed", "test"]
        return TrainSetting.all.map(\.key).filter { !explained.contains($0) }.joined(separator: ", ")
    }

    /// What Telegram's privacy mode means for whoever writes in a group.
    private static let groups =
        HTMLText.bold("In a group")
        + "\nI see commands, replies to me and messages that mention me, and nothing else: a pasted ID alone "
        + "does not reach me there. Send " + .code("/train ID")
        + ", or answer one of my messages with the ID; so with CSV files. Runs are answered where they were asked for, "
        + "in the same topic; only who started a run, or an admin, can stop it."

    static let hint = Answer("Paste a Walrus blob ID to train on it, or see /help for what else I do.")
    static let wrongCode = Answer("This code opens nothing: it was used already, or is not right.")
    static let noRuns = Answer(
        "No runs yet. Paste a Walrus blob ID to start one.",
        keyboard: InlineKeyboard([[.demo]])
    )

    static func firstBlobs(_ count: Int, of all: Int) -> Answer {
        Answer("These are \(all) blobs: I look at the first \(count). Send me the others, too.")
    }

    static func denied(_ user: Int64, _ role: Role?) -> Answer {
        guard let role else {
            return Answer(
                "This bot works for people on its list. Ask its owner to add " + .code("\(user)") + "."
            )
        }
        return Answer(
            "You are on this bot's list as \(role.rawValue), which is not enough for this. Ask an admin."
        )
    }

    static func usage(_ error: UsageError) -> Answer {
        guard let word = error.word else {
            return Answer(.plain(error.problem) + ". See /help for what I know.")
        }
        let form = "/\(word.rawValue) \(word.arguments)"
        return Answer(
            .bold("/\(word.rawValue)") + ": " + .plain(error.problem) + "\n\nThe form: " + .code(form)
                + "\nExample (tap to copy): " + .code(word.example)
        )
    }

    static func noRun(_ number: Int64) -> Answer {
        Answer("There is no run \(number) here. /runs lists the latest.")
    }

    static func stillGoing(_ number: Int64) -> Answer {
        Answer("Run \(number) is still going. /cancel stops it.")
    }

    /// Of something that only the end of the run will bring.
    static func notReady(_ number: Int64) -> Answer {
        Answer("Run \(number) is still going. Ask again once it has finished: /status \(number) shows it.")
    }

    static func noDataset(_ number: Int64) -> Answer {
        Answer("Run \(number) has no dataset to train on. Paste a blob ID, or send a CSV file.")
    }

    private static var menu: HTMLText {
        let lines = CommandWord.allCases.filter { $0 != .start }.map { word in
            let arguments = word.arguments.isEmpty || word == .train ? "" : " \(word.arguments)"
            return HTMLText.plain("/\(word.rawValue)\(arguments) – \(word.summary)")
        }
        return lines.dropFirst().reduce(lines[0]) { $0 + "\n" + $1 }
    }
}
