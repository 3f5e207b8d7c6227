import Contract
import Foundation
import Jobs
import Store
import Telegram

extension CommandHandler {
    /// Enqueues a prediction for the rows of the file if the file is a reply to the result of a training; otherwise, a run
    /// that stores the file.
    func handle(_ file: ChatFile) throws {
        guard access.mayStore, let run = try repliedTraining() else { return try store(file) }
        try predict(PredictRequest(run: run, cells: [], table: .file(file)))
    }

    /// Enqueues a run that stores the file.
    func store(_ file: ChatFile) throws {
        guard access.mayStore else { return try refuse(denial("Sending a file", needs: .operator)) }
        if let refusal = refusal(of: file) { return try refuse(refusal) }
        _ = try transaction.enqueueRun(.store(StoreArguments(file: file)), origin: origin, at: now)
    }

    /// The refusal if the file cannot be a table or is too large; otherwise nil.
    func refusal(of file: ChatFile) -> Answer? {
        if !file.mayBeTable { return FilesText.notATable(file) }
        guard let limit = policy.fileLimit, let size = file.size, size > limit else { return nil }
        return FilesText.tooLarge(file, limit: limit)
    }

    /// Enqueues a job that sends a run's model, or a blob, as a file; returns the toast.
    func fetch(_ subject: RunOrBlob) throws -> String {
        let arguments: FetchArguments
        switch subject {
        case .run(let id):
            guard let run = try visibleRun(id) else { return Toast.noRun(id) }
            guard case .trained(let result)? = run.job.outcome else {
                return PredictionText.noModel(id).text.plain
            }
            let suffix = result.metrics.figures == nil ? ".onnx" : ""
            arguments = FetchArguments(blob: result.model.id, name: "run-\(id)-model\(suffix)")
        case .blob(let blob):
            let suffix = try transaction.card(of: blob)?.content.suffix ?? ""
            arguments = FetchArguments(blob: blob, name: "\(blob)\(suffix)")
        }
        try transaction.enqueueFetch(arguments, origin: origin, at: now)
        return Toast.fetching
    }

    /// The run whose result the person replied to; nil unless that run is a training that has succeeded.
    private func repliedTraining() throws -> RunID? {
        guard let message = update.repliesTo?.message,
            let id = try transaction.run(shownBy: message, inChat: update.chat),
            case .trained? = try visibleRun(id)?.job.outcome
        else { return nil }
        return id
    }
}

extension BlobCard.Content {
    /// The suffix for the name of a file with this content.
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
    private static let tableSuffixes = ["csv", "tsv", "txt", "tab", "data", "dat"]

    /// Whether the name and type of the file allow a table.
    ///
    /// Only the worker that reads the file can be sure.
    fileprivate var mayBeTable: Bool {
        let kind = type?.split(separator: "/").first
        if let kind, ["image", "video", "audio"].contains(kind) { return false }
        guard let dot = name.lastIndex(of: ".") else { return true }
        return kind == "text" || Self.tableSuffixes.contains(name[dot...].dropFirst().lowercased())
    }
}
