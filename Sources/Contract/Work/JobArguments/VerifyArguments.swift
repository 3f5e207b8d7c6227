/// The arguments of a verification.
///
/// If the blob is a receipt, the job also verifies the receipt's dataset and model, and repeats the training.
package struct VerifyArguments: WorkArguments {
    package static let kind = JobKind.verify

    package var blob: BlobID
    /// The run that the request named; `blob` is the receipt of this run.
    ///
    /// Nil if the request named a blob.
    package var run: RunID?
    /// The time limit of one attempt, in hours, copied from the training; nil: the bot's own limit.
    package var hours: Int?

    package init(blob: BlobID, run: RunID? = nil, hours: Int? = nil) {
        self.blob = blob
        self.run = run
        self.hours = hours
    }
}
