import ServiceLifecycle
import WalrusServer

/// Verifies all stored blobs in the background, and quarantines damaged ones.
///
/// The server need not wait for it, because an unverified blob is also verified before it is served.
struct BlobInspection: Service {
    let blobs: BlobStore

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await blobs.verifyAll() }
        } catch is CancellationError {
            return  // The next start verifies all of them again.
        }
    }
}
