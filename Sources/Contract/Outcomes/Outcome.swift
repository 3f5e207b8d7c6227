/// What a completed job brings back.
package enum Outcome: Codable, Equatable, Sendable {
    case trained(result: TrainResult)
    case looked(card: BlobCard)
    /// A file is a blob now.
    case stored(card: BlobCard)
    case predicted(result: Prediction)
    /// The blob's bytes have been handed to the bot.
    case fetched(file: AnswerFile)
    case verified(report: VerificationReport)
    /// No aggregator has the blob.
    case missing(blob: BlobID)
    case built(image: ImageFile)
}

/// An image of a virtual machine, as it was published.
package struct ImageFile: Codable, Equatable, Sendable {
    /// In the images' folder.
    package var name: String
    /// In bytes.
    package var size: Int
    /// In hexadecimal.
    package var sha256: String
    /// SHA-256 of the enrolment token that lies in the image, in hexadecimal.
    package var enrolmentHash: String

    package init(name: String, size: Int, sha256: String, enrolmentHash: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.enrolmentHash = enrolmentHash
    }
}

/// A blob as it was stored: its ID, recomputed from its bytes, and its size in bytes.
package struct StoredBlob: Codable, Equatable, Sendable {
    package var id: BlobID
    package var size: Int

    package init(id: BlobID, size: Int) {
        self.id = id
        self.size = size
    }
}

/// The result of a training.
package struct TrainResult: Codable, Equatable, Sendable {
    package var model: StoredBlob
    package var receipt: StoredBlob
    package var metrics: TrainMetrics

    package init(model: StoredBlob, receipt: StoredBlob, metrics: TrainMetrics) {
        self.model = model
        self.receipt = receipt
        self.metrics = metrics
    }
}
