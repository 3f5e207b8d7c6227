/// The arguments of a verification.
///
/// If the blob is a receipt, the blobs that it names are verified too, and its training is repeated.
package struct VerifyArguments: WorkArguments {
    package static let kind = JobKind.verify

    package var blob: BlobID
    /// The run whose receipt `blob` is; nil if the request named a blob.
    package var run: RunID?
    /// The time limit of one attempt, in hours, that of the training; nil: the bot's own limit.
    package var hours: Int?

    package init(blob: BlobID, run: RunID? = nil, hours: Int? = nil) {
        self.blob = blob
        self.run = run
        self.hours = hours
    }
}
