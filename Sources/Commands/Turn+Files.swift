import Contract
import Foundation
import Jobs
import Store

extension Turn {
    /// Whether a file with that caption is meant for the bot: in a group people also send files to each other.
    func isAddressed(_ caption: String?) -> Bool {
        if incoming.isPrivate { return true }
        guard let name = policy.botName?.lowercased() else { return false }
        if incoming.answered?.author?.lowercased() == name { return true }
        let words = (caption ?? "").lowercased().split { !($0.isLetter || $0.isNumber || "_@/".contains($0)) }
        return words.contains { $0.hasSuffix("@\(name)") } || words.first?.hasPrefix("/") == true
    }

    /// Has the model asked whose result the file answers, else has the file stored.
    func take(_ file: ChatFile) throws {
        guard permissions.mayStore(role) else { return try say(Words.denied(incoming.user, role)) }
        if let run = try answeredRun() {
            return try predict(PredictRequest(run: run, cells: [], table: .file(file)))
        }
        if let refusal = refusal(of: file) { return try say(refusal) }
        _ = try transaction.startRun(.store(StoreArguments(file: file)), origin: origin, at: now)
    }

    /// Why the file is not even fetched; nil: nothing speaks against it.
    func refusal(of file: ChatFile) -> Answer? {
        if !file.mayBeTable { return FileWords.notATable(file) }
        guard let limit = policy.fileLimit, let size = file.size, size > limit else { return nil }
        return FileWords.tooLarge(file, limit: limit)
    }

    /// Has a blob brought as a file; returns what to tell at once.
    func fetch(_ subject: RunOrBlob) throws -> String {
        let arguments: FetchArguments
        switch subject {
        case .run(let number):
            guard case .trained(let result)? = try visibleRun(number)?.job.outcome else {
                return Toast.noRun(number)
            }
            let suffix = result.metrics.figures == nil ? ".onnx" : ""
            arguments = FetchArguments(blob: result.model.id, name: "run-\(number)-model\(suffix)")
        case .blob(let blob):
            let suffix = try transaction.card(of: blob)?.content.suffix ?? ""
            arguments = FetchArguments(blob: blob, name: "\(blob)\(suffix)")
        }
        try transaction.fetch(arguments, origin: origin, at: now)
        return Toast.onItsWay
    }

    /// The run of this chat that made a model and whose result the person answers.
    private func answeredRun() throws -> Int64? {
        guard let message = incoming.answered?.message,
            let number = try transaction.run(shownBy: message, inChat: incoming.chat),
            case .trained? = try visibleRun(number)?.job.outcome
        else { return nil }
        return number
    }
}

extension Permissions {
    /// To store costs money.
    func mayStore(_ role: Role?) -> Bool { role.map { $0 >= .operator } ?? false }
}

extension RunAndJob {
    /// What it learnt from, or stored.
    fileprivate var file: BlobID? {
        guard case .stored(let card)? = job.outcome else { return nil }
        return card.blob.id
    }

    /// The data to train on like this run.
    var dataset: BlobID? {
        if case .train(let arguments) = run.work { arguments.dataset } else { file }
    }
}

extension BlobCard.Content {
    /// How a file of it is called in the end.
    fileprivate var suffix: String {
        switch self {
        case .csv: ".csv"
        case .onnx: ".onnx"
        case .receipt, .json: ".json"
        case .text: ".txt"
        case .image, .binary: ""
        }
    }
}

extension ChatFile {
    /// The ends of names that tables have.
    private static let tables = ["csv", "tsv", "txt", "tab", "data", "dat"]

    /// Whether name and type allow for a table: the last word has whoever reads it.
    fileprivate var mayBeTable: Bool {
        let kind = type?.split(separator: "/").first
        if let kind, ["image", "video", "audio"].contains(kind) { return false }
        guard let dot = name.lastIndex(of: ".") else { return true }
        return kind == "text" || Self.tables.contains(name[dot...].dropFirst().lowercased())
    }
}
