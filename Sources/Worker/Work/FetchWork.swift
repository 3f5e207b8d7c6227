import Contract

/// A fetch job: fetches a blob, verifies its ID, and sends it to the chat as a file.
struct FetchWork: Sendable {
    let arguments: FetchArguments
    let files: ChatFileTransfer
    let walrus: BlobClient
    let folder: WorkFolder

    func run() async throws -> Outcome {
        let path = folder.file("blob")
        let blob = try await walrus.fetch(arguments.blob, to: path)
        guard blob.size <= AnswerFile.limit else { throw BlobTooLargeForChat(size: blob.size) }
        try await files.uploadAnswer(path)
        return .fetched(file: AnswerFile(name: arguments.name, size: blob.size))
    }
}

/// The blob exceeds the size limit of files that a bot can send.
struct BlobTooLargeForChat: Error, CustomStringConvertible {
    let size: Int
    var description: String {
        "the blob has \(ByteCount(size)), but a bot can send at most \(AnswerFile.limit >> 20) MB to a chat"
    }
}
