import Contract
import Jobs
import Store
import Telegram

/// Texts about the bot and its commands.
enum HelpText {
    static let welcome = Answer(
        .bold("OKAI Bot") + "\nI train a model on data from Walrus and send the result here.\n\n"
            + .bold("Fastest way:") + " paste a blob ID, or send a CSV file.",
        keyboard: InlineKeyboard([
            [.demo],
            [.action("How it works", .plain(.help))],
        ])
    )

    static func page(_ topic: HelpTopic) -> Answer {
        switch topic {
        case .basics: basics
        case .all: all
        case .train: train
        }
    }

    /// The first five things to do.
    ///
    /// The text fits on the screen of a phone.
    static let basics = Answer(
        .bold("How it works") + "\n1. Paste a Walrus blob ID, or send a CSV file. I reply with its columns.\n"
            + "2. Press Train, or send " + .code("/train ID")
            + ". The model and a receipt are stored on Walrus.\n"
            + "3. /status shows the runs of this chat. /cancel cancels one.\n"
            + "4. " + .code("/predict 7 …") + " predicts rows with the model of run 7.\n"
            + "5. " + .code("/verify 7") + " checks run 7: it recomputes the blob IDs and trains again.\n\n"
            + "More: /help all, /help train",
        keyboard: InlineKeyboard([
            [.action("All commands", .plain(.helpAll)), .action("Settings of /train", .plain(.helpTrain))]
        ])
    )

    static let all = Answer(.bold("All commands") + "\n" + commands + "\n\n" + groups)

    static let train = Answer(
        .bold("Settings of /train") + "\n" + .code("target=NAME") + " the column to predict\n"
            + .code("model=forest") + ", boost or linear\n" + .code("trees=100") + " the number of trees\n"
            + .code("depth=5") + " the largest depth of a tree, or none\n"
            + .code("seed=42") + " the same seed gives the same model\n"
            + .code("test=0.2") + " the share of held-out rows\n"
            + .code("holdout=time") + " holds out the last rows, " + .code("holdout=group:NAME")
            + " whole groups\n" + .code("ignore=NAME,NAME") + " columns to leave out\n"
            + .code("types=NAME:text") + " reads a column as text, number or date\n"
            + .code("missing=WORD,WORD") + " more words for a missing value\n"
            + .code("target=\"Sale Price\"") + " a name with spaces, commas or = is in quotes\n"
            + .plain("Other settings: \(otherSettings), engine, hours.\n\nExample: ")
            + .code(CommandWord.train.example)
    )

    /// The settings that ``train`` does not explain.
    private static var otherSettings: String {
        let explained: Set = [
            "target", "model", "trees", "depth", "seed", "test", "holdout", "ignore", "types", "missing",
        ]
        return TrainSetting.all.map(\.key).filter { !explained.contains($0) }.joined(separator: ", ")
    }

    private static var commands: HTMLText {
        CommandWord.allCases.filter { $0 != .start }.reduce(HTMLText()) { list, word in
            let arguments = word.arguments.isEmpty || word == .train ? "" : " \(word.arguments)"
            return list + .plain("\n/\(word.rawValue)\(arguments) – \(word.summary)")
        }
    }

    /// How people use the bot in a group, where Telegram's privacy mode hides most messages from the bot.
    private static let groups =
        HTMLText.bold("In a group")
        + "\nTelegram shows me commands, replies to my messages and messages that mention me, and nothing else. So send "
        + .code("/train ID")
        + ", or reply to one of my messages with the ID or the CSV file. I answer in the same chat and topic. Only the "
        + "person who started a run, or an admin, can cancel it."

    static let hint = Answer(
        "I do not understand this. Paste a Walrus blob ID, send a CSV file, or send /help."
    )

    static let noRuns = Answer(
        "This chat has no runs yet. Paste a Walrus blob ID, or send a CSV file, to start one.",
        keyboard: InlineKeyboard([[.demo]])
    )

    static func tooManyBlobs(_ count: Int, limit: Int) -> Answer {
        Answer(
            "You sent \(count) blob IDs, and I read only the first \(limit) of a message. Send the others again."
        )
    }

    /// For every admin, when another program uses the bot's token.
    static let rival = Answer(
        .bold("Another program uses this bot's token.")
            + "\nTelegram delivers each message to only one of us. Stop the other program, or get a new token from "
            + "@BotFather."
    )
}
