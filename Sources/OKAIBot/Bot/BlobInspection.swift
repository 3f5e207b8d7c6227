import ServiceLifecycle
import WalrusServer

/// Verifies all stored blobs in the background, and quarantines damaged ones.
///
/// The server need not wait for the inspection: when a request comes for a blob that was not inspected yet, the server
/// verifies this blob first.
struct BlobInspection: Service {
    let blobs: BlobStore

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await blobs.verifyAll() }
        } catch is CancellationError {
            return  // The next start verifies all blobs again.
        }
    }
}
