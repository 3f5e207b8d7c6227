import Contract
import Store
import Telegram

/// What is said of files that people send.
enum FileWords {
    /// How a name is shown at most.
    private static let nameLength = 60

    static let help: HTMLText =
        "A CSV file that you send me is stored on Walrus first; one that answers a result is what its model is "
        + "asked about."

    static func notATable(_ file: ChatFile) -> Answer {
        Answer(name(file) + " is not what I store: send a table as a CSV file (UTF-8, with a header).")
    }

    static func tooLarge(_ file: ChatFile, limit: Int) -> Answer {
        Answer(
            name(file)
                + .plain(
                    " has \(ByteCount(file.size ?? 0)); Telegram hands me files up to \(limit >> 20) MB. "
                )
                + "Store it with " + .code("okaibot walrus put FILE") + ", then paste the ID here."
        )
    }

    /// What is being stored.
    static func subject(_ file: ChatFile) -> HTMLText {
        name(file) + .plain(file.size.map { " · \(ByteCount($0))" } ?? "")
    }

    /// How a phase of storing is called.
    static func title(_ phase: Phase) -> String? {
        switch phase {
        case .pulling: "Get the file"
        case .pushing: "Store it on Walrus"
        case .checking, .reading, .training, .building, .publishing: nil
        }
    }

    /// Why nothing was stored, and what to do.
    static func failure(_ job: Job, _ file: ChatFile) -> HTMLText {
        name(file) + .plain(" was not stored: \(job.reason).\n")
            + .plain(job.failure?.advice ?? "Send it once more.")
    }

    /// A blob that was asked for as a file, or why it does not come.
    static func brought(_ arguments: FetchArguments, by job: Job) -> HTMLText {
        let id = HTMLText.code("\(arguments.blob)")
        switch job.outcome {
        case .fetched(let file)?:
            return .plain("\(ByteCount(file.size)), checked against its ID\n") + id
        case .missing?:
            return .bold("Blob not found") + "\n" + id + "\nNo aggregator has it. It may have expired."
        default:
            return .bold("The file does not come: ") + .plain(job.reason)
                + .plain("\n\(job.failure?.advice ?? "Ask once more.")")
        }
    }

    private static func name(_ file: ChatFile) -> HTMLText {
        .code(file.name.count > nameLength ? "\(file.name.prefix(nameLength))…" : file.name)
    }
}
