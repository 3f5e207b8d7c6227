import Contract
import Store
import Telegram

/// Texts about files that people send, and about blobs that the bot sends as files.
enum FilesText {
    /// How many characters of a file's name are shown.
    private static let nameLength = 60

    static func notATable(_ file: ChatFile) -> Answer {
        Answer(
            name(file) + " is not a table, and I store tables only. Send a CSV file (UTF-8, with a header)."
        )
    }

    /// For a message that is no text and no document.
    static func refused(_ attachment: MessageAttachment) -> Answer {
        let instead =
            attachment == .photo
            ? "Send the table itself as a file (CSV, UTF-8, with a header)."
            : "Send a CSV file, paste a Walrus blob ID, or send /help."
        return Answer(.plain("I take tables, not \(plural(attachment)). \(instead)"))
    }

    private static func plural(_ attachment: MessageAttachment) -> String {
        switch attachment {
        case .photo: "pictures"
        case .video: "videos"
        case .sound: "sounds"
        case .videoNote: "video messages"
        case .animation: "animations"
        case .sticker: "stickers"
        case .contact: "contacts"
        case .location: "places"
        case .poll: "polls"
        case .dice: "dice"
        case .story: "stories"
        case .game: "games"
        case .checklist: "checklists"
        case .webAppData: "data of web apps"
        case .paidMedia: "paid media"
        case .unknown: "messages of this kind"
        }
    }

    static func tooLarge(_ file: ChatFile, limit: Int) -> Answer {
        Answer(
            name(file)
                + .plain(
                    " has \(ByteCount(file.size ?? 0)), and Telegram gives bots only files of up to \(limit >> 20) MB. "
                )
                + "Store it yourself with " + .code("okaibot walrus put FILE") + ", then paste the ID here."
        )
    }

    /// The name and size of a file that a run stores.
    static func subject(_ file: ChatFile) -> HTMLText {
        name(file) + .plain(file.size.map { " · \(ByteCount($0))" } ?? "")
    }

    /// The title of a phase of storing.
    static func title(_ phase: Phase) -> String? {
        switch phase {
        case .pulling: "Download the file"
        case .pushing: "Store it on Walrus"
        case .checking, .reading, .training, .building, .publishing: nil
        }
    }

    /// Why the file was not stored, and what to do.
    static func failure(_ job: Job, _ file: ChatFile) -> HTMLText {
        name(file) + .plain(" was not stored: \(job.reason).\n")
            + .plain(job.failure?.advice ?? "Send it again.")
    }

    /// The text below a blob that is sent as a file, or why the blob cannot be sent.
    static func fetched(_ arguments: FetchArguments, by job: Job) -> HTMLText {
        let id = HTMLText.code("\(arguments.blob)")
        switch job.outcome {
        case .fetched(let file)?:
            return .plain("\(ByteCount(file.size)), checked against its ID\n") + id
        case .missing(_, true)?:
            return .bold("The file cannot be sent now") + "\n" + id
                + "\nNo aggregator gives it to me, so it cannot be told now whether it is still there. It was on Walrus a short "
                + "while ago, and a new blob may take some minutes to be seen: ask again."
        case .missing?:
            return .bold("Blob not found") + "\n" + id
                + "\nNo aggregator has it: it may have expired. If you have the file, store it again."
        default:
            return .bold("The file cannot be sent: ") + .plain(job.reason)
                + .plain("\n\(job.failure?.advice ?? "Try again.")")
        }
    }

    private static func name(_ file: ChatFile) -> HTMLText {
        .code(ShownName.line(file.name, limit: nameLength, nameless: "This file"))
    }
}
