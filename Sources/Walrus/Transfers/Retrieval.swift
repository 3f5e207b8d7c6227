import Contract

/// The download of one blob from whichever aggregator gives it.
struct Retrieval {
    private let id: BlobID
    private let clock: any Clock<Duration>
    private var downloads: [Download]
    private var pauses: ArraySlice<Duration>
    /// The most informative error of the aggregators that are not asked again.
    private var verdict: WalrusError

    init(_ id: BlobID, by downloads: [Download], patience: Patience, clock: any Clock<Duration>) {
        self.id = id
        self.downloads = downloads
        self.clock = clock
        pauses = patience.pauses[...]
        verdict = .notFound(id)
    }

    /// Asks the aggregators in order; again after a pause, if none of them has the blob and patience is left.
    ///
    /// A temporary error is thrown at once: the caller decides when to run again.
    mutating func run(onProgress: @escaping @Sendable (TransferProgress) -> Void) async throws -> StoredBlob {
        while true {
            var failure = verdict
            var mayAppear = false
            for download in downloads {
                do {
                    return try await download.run(onProgress: onProgress)
                } catch let error as WalrusError {
                    if case .file = error { throw error }
                    if error.isMoreInformative(than: failure) { failure = error }
                    if error == .notFound(id) { mayAppear = true } else { dismiss(download, error) }
                }
            }
            guard mayAppear, !failure.isTemporary, let pause = pauses.popFirst() else { throw failure }
            try await clock.sleep(for: pause)
        }
    }

    /// Stops asking an aggregator whose error is final.
    private mutating func dismiss(_ download: Download, _ error: WalrusError) {
        guard !error.isTemporary else { return }
        downloads.removeAll { $0 === download }
        if error.isMoreInformative(than: verdict) { verdict = error }
    }
}

extension WalrusError {
    /// Whether this error tells the user more than `other`: temporary errors tell most, and `notFound` tells least.
    fileprivate func isMoreInformative(than other: WalrusError) -> Bool {
        if isTemporary != other.isTemporary { return isTemporary }
        if case .notFound = self { return false }
        return true
    }
}
