/// The last time that the bot knew a blob to be on Walrus: a job stored it, or read it.
///
/// An aggregator may say for a while that a blob does not exist which was stored just now. So a worker asks longer for
/// a blob of which there is a sighting.
package struct Sighting: Codable, Equatable, Sendable {
    package var blob: BlobID
    /// The seconds from that time until the worker claimed its job.
    package var secondsAgo: Int

    package init(blob: BlobID, secondsAgo: Int) {
        self.blob = blob
        self.secondsAgo = secondsAgo
    }

    /// Whether a blob that no aggregator gives may still be too new for them.
    package var isRecent: Bool { secondsAgo < 600 }
}
