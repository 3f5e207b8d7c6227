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

    /// The page for a reader; it tells of what the reader may do.
    static func page(_ topic: HelpTopic, for reader: Reader) -> Answer {
        switch topic {
        case .basics: basics(for: reader)
        case .all: all(for: reader)
        case .train: train
        case .command(let word): command(word)
        }
    }

    /// Who reads a page, and where.
    struct Reader {
        let role: Role
        let place: Place

        enum Place { case privateChat, group, terminal }

        func may(_ word: CommandWord) -> Bool { word.isOpen(to: role) }
    }

    /// The first things to do.
    ///
    /// The text fits on the screen of a phone.
    private static func basics(for reader: Reader) -> Answer {
        let steps = steps(for: reader).enumerated().map { .plain("\n\($0.offset + 1). ") + $0.element }
        let buttons = [
            InlineButton.action("All commands", .plain(.helpAll)),
            reader.may(.train) ? .action("Settings of /train", .plain(.helpTrain)) : nil,
        ]
        return Answer(
            steps.reduce(HTMLText.bold("How it works")) { $0 + $1 }
                + (reader.may(.train)
                    ? "\n\nMore: /help all, /help train" : "\n\nMore: /help all. " + viewersLimit),
            keyboard: InlineKeyboard([buttons.compactMap(\.self)])
        )
    }

    private static func steps(for reader: Reader) -> [HTMLText] {
        let blob: HTMLText =
            switch reader.place {
            case .privateChat: "Paste a Walrus blob ID"
            case .group: "Reply to one of my messages with a Walrus blob ID"
            case .terminal: "Paste a Walrus blob ID, or a file's path"
            }
        guard reader.may(.train) else {
            return [
                blob + ". I reply with its columns.", "/status shows the runs of this chat.",
                .code("/logs 7") + " shows the last lines of run 7, " + .code("/events 7") + " its timeline.",
            ]
        }
        let file: HTMLText = reader.place == .terminal ? "" : ", or send a CSV file"
        return [
            blob + file + ". I reply with its columns.",
            "Press Train, or send " + .code("/train ID") + ". The model and a receipt are stored on Walrus.",
            "/status shows the runs of this chat. /cancel cancels one, " + .code("/cancel all")
                + " all of yours.",
            .code("/predict 7 …") + " predicts rows with the model of run 7.",
            .code("/verify 7") + " checks run 7: it recomputes the blob IDs and trains again.",
        ]
    }

    private static let viewersLimit: HTMLText =
        "You are a viewer: to train and predict, ask an admin to invite you as operator."

    private static func all(for reader: Reader) -> Answer {
        let words = CommandWord.allCases.filter { $0 != .start && reader.may($0) }
        let list = words.reduce(
            HTMLText.bold(reader.role == .admin ? "All commands" : "Your commands") + "\n"
        ) {
            list,
            word in
            let arguments = word.arguments.isEmpty || word == .train ? "" : " \(word.arguments)"
            return list + .plain("\n/\(word.rawValue)\(arguments) – \(word.summary)")
        }
        let others = reader.may(.train) ? HTMLText() : "\n\n" + viewersLimit
        return Answer(reader.place == .terminal ? list + others : list + others + "\n\n" + groups)
    }

    private static func command(_ word: CommandWord) -> Answer {
        let role = word.role.map { $0 == .viewer ? "" : "\nIt needs the role \($0.rawValue)." } ?? ""
        return Answer(
            .bold("/\(word.rawValue)") + .plain(" – \(word.summary)\n\nForm: ") + .code(word.form)
                + "\nExample: " + .code(word.example) + .plain(role)
        )
    }

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

    /// How people use the bot in a group, where Telegram's privacy mode hides most messages from the bot.
    private static let groups =
        HTMLText.bold("In a group")
        + "\nTelegram shows me commands, replies to my messages and messages that mention me, and nothing else. So send "
        + .code("/train ID")
        + ", or reply to one of my messages with the ID or the CSV file. I answer in the same chat and topic. Only the "
        + "person who started a run, or an admin, can cancel it."

    /// The answer to words that are no command.
    static func hint(for reader: Reader) -> Answer {
        let file =
            !reader.may(.train) ? "" : reader.place == .terminal ? ", a file's path" : ", send a CSV file"
        return Answer(.plain("I do not understand this. Paste a Walrus blob ID\(file), or send /help."))
    }

    static let noRuns = Answer(
        "This chat has no runs yet. " + .code("/train ID") + " starts one.",
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
