/// The result of a completed job.
package enum Outcome: Codable, Equatable, Sendable {
    case trained(result: TrainResult)
    case looked(card: BlobCard)
    /// A file was stored as the blob that `card` describes.
    case stored(card: BlobCard)
    case predicted(result: Prediction)
    /// The blob's bytes were sent to the bot.
    case fetched(file: AnswerFile)
    case verified(report: VerificationReport)
    /// No aggregator has the blob.
    ///
    /// `isRecent` is true if the blob was stored or read a short while before, so that aggregators may have it soon.
    case missing(blob: BlobID, isRecent: Bool? = nil)
    case built(image: ImageFile)
}
