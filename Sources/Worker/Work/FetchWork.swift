import Contract

/// A blob brought to the chat as a file: its bytes are those of its ID.
struct FetchWork: Sendable {
    let arguments: FetchArguments
    let files: BotFiles
    let walrus: WalrusGate
    let folder: WorkFolder

    func run() async throws -> Outcome {
        let path = folder.file("blob")
        guard let blob = try await walrus.find(arguments.blob, to: path) else {
            return .missing(blob: arguments.blob)
        }
        guard blob.size <= AnswerFile.limit else { throw BlobTooLargeForChat(size: blob.size) }
        try await files.leave(path)
        return .fetched(file: AnswerFile(name: arguments.name, size: blob.size))
    }
}

/// A blob larger than what can be sent to a chat.
struct BlobTooLargeForChat: Error, CustomStringConvertible {
    let size: Int
    var description: String {
        "the blob has \(ByteCount(size)), more than the \(AnswerFile.limit >> 20) MB that can be sent to a chat"
    }
}
