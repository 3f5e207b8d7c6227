import Contract
import Tables
import Walrus

/// A store job: checks that the chat's file is a table, and stores it as a blob.
struct StoreWork: Sendable {
    let arguments: StoreArguments
    let files: ChatFileTransfer
    let walrus: BlobClient
    let folder: WorkFolder
    let queue: EventQueue

    func run() async throws -> Outcome {
        let path = folder.file("file")
        queue.add(.phase(name: .pulling))
        queue.add(.log(line: "downloading \(arguments.file.name)"))
        try await files.download(to: path) { [queue] in queue.add(.progress(fraction: $0, note: nil)) }
        let blob = try await walrus.identify(path)
        let card = try await BackgroundWork.run { try Self.card(of: blob, at: path, isCancelled: $0) }
        queue.add(
            .log(line: "downloaded a table of \(blob.size) bytes; its blob ID, computed here, is \(blob.id)")
        )
        queue.add(.phase(name: .pushing))
        try await walrus.store(path, as: blob) { [queue] in queue.addBytesMoved($0) }
        queue.add(.log(line: "stored"))
        return .stored(card: card)
    }

    /// The card of the table at `path`.
    ///
    /// - Throws: ``NotATable`` if the file is not a table; an error if the file cannot be read.
    private static func card(
        of blob: StoredBlob,
        at path: String,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> BlobCard {
        let card = try ContentSniffer.card(of: blob, at: path, isCancelled: isCancelled)
        if card.table != nil { return card }
        throw NotATable(reason: try reason(card.content, path, isCancelled))
    }

    private static func reason(
        _ content: BlobCard.Content,
        _ path: String,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> String {
        switch content {
        case .image: return "the file is a picture, not a CSV table"
        case .json, .receipt: return "the file is JSON, not a CSV table"
        case .onnx: return "the file is a model, not a CSV table"
        case .csv, .text, .binary: break
        }
        return try MappedFile(path: path).withBytes { bytes in
            do throws(CSVError) {
                _ = try ContentSniffer.profile(of: bytes, isCancelled)
                return "the file is not a table with a header, at least two columns and a row"
            } catch {
                return error.description
            }
        }
    }
}

/// The chat's file is not a table, so it is not stored.
struct NotATable: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
