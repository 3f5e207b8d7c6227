/// The arguments of a job that sends a blob to a chat as a file.
package struct FetchArguments: WorkArguments {
    package static let kind = JobKind.fetch

    package var blob: BlobID
    /// The name of the file in the chat.
    package var name: String

    package init(blob: BlobID, name: String) {
        self.blob = blob
        self.name = name
    }
}
