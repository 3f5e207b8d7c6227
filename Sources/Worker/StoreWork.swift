import Contract
import Trainer
import Walrus

/// A chat's file for the bot: checks that it is a table, and stores it.
struct StoreWork: Sendable {
    let arguments: StoreArguments
    let files: BotFiles
    let walrus: WalrusGate
    let folder: WorkFolder
    let queue: EventQueue

    func run() async throws -> Outcome {
        let path = folder.file("file")
        queue.add(.phase(name: .pulling))
        queue.add(.log(line: "getting \(arguments.file.name)"))
        try await files.fetch(to: path) { [queue] in queue.add(.progress(fraction: $0, note: nil)) }
        let blob = try await walrus.identify(path)
        let card = try await BackgroundWork.run { _ in try Self.card(of: blob, at: path) }
        queue.add(.log(line: "got \(blob.size) bytes, a table; their blob ID, computed here, is \(blob.id)"))
        queue.add(.phase(name: .pushing))
        try await walrus.store(path, as: blob) { [queue] step in
            guard case .transferred(let bytes, of: let total?) = step, total > 0 else { return }
            queue.add(.progress(fraction: Double(bytes) / Double(total), note: nil))
        }
        queue.add(.log(line: "stored"))
        return .stored(card: card)
    }

    /// - Throws: ``NotATable`` for all else.
    private static func card(of blob: StoredBlob, at path: String) throws -> BlobCard {
        let card = try ContentSniffer.card(of: blob, at: path)
        if card.table != nil { return card }
        throw NotATable(reason: try reason(card.content, path))
    }

    private static func reason(_ content: BlobCard.Content, _ path: String) throws -> String {
        switch content {
        case .image: return "it is a picture, not a CSV file"
        case .json, .receipt: return "it is JSON, not a CSV file"
        case .onnx: return "it is a model, not a CSV file"
        case .csv, .text, .binary: break
        }
        return try MappedFile(path: path).withBytes { bytes in
            do throws(CSVError) {
                try CSVEncoding.requireUTF8(bytes)
                _ = try CSVProfile(of: bytes)
                return "it is no table with a header, two columns and a row"
            } catch {
                return error.description
            }
        }
    }
}

/// Why a file is not stored.
struct NotATable: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
