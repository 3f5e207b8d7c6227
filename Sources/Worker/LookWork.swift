import Contract
import Walrus

/// A look at a blob for the bot: how large it is, and what it seems to hold.
struct LookWork: Sendable {
    let arguments: LookArguments
    let walrus: WalrusGate
    let folder: WorkFolder

    func run() async throws -> Outcome {
        let path = folder.file("blob")
        let blob: StoredBlob
        do {
            blob = try await walrus.fetch(arguments.blob, to: path)
        } catch WalrusError.notFound {
            return .missing(blob: arguments.blob)
        }
        let content = try await BackgroundWork.run { _ in try ContentSniffer.sniff(path) }
        return .looked(card: BlobCard(blob: blob, content: content.kind, table: content.table))
    }
}
