import Contract
import HTTP
import Walrus

/// Reads and stores blobs for one job.
///
/// The assignment gives the addresses, the credentials and the number of epochs.
struct BlobClient: Sendable {
    private let client: WalrusClient
    private let encoder: BlobEncoder
    private let epochs: Int

    /// With `lease` authorisation, the client uses the Walrus inside the bot: at the bot's URL, with the lease token.
    init(
        _ access: WalrusAccess,
        bot: JobAPIClient,
        leaseToken: String,
        http: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        encoder = try BlobEncoder()
        epochs = access.epochs
        let isEmbedded = access.authorization == .lease
        let credentials: Credentials =
            switch access.authorization {
            case .none: .none
            case .lease: .bearer(leaseToken)
            case .publisherToken: .perPut { try await bot.publisherToken(size: $0, leaseToken: leaseToken) }
            }
        var retryPolicy = WalrusClient.retryPolicy
        retryPolicy.clock = clock
        client = WalrusClient(
            aggregators: isEmbedded ? [bot.bot] : try access.aggregators.map { try BaseURL($0) },
            publisher: isEmbedded ? bot.bot : try BaseURL(access.publisher),
            http: http,
            credentials: credentials,
            retryPolicy: retryPolicy,
            encoder: encoder
        )
    }

    /// A client for reads only, without a bot and without credentials.
    init(reading access: WalrusAccess, http: HTTPClient) throws {
        encoder = try BlobEncoder()
        epochs = access.epochs
        client = WalrusClient(
            aggregators: try access.aggregators.map { try BaseURL($0) },
            publisher: try BaseURL(access.publisher),
            http: http,
            encoder: encoder
        )
    }

    /// Reads the blob into the file at `path`, and verifies that the bytes have this ID.
    ///
    /// - Throws: ``WalrusError``, ``EncodingError``, `CancellationError`.
    func fetch(
        _ id: BlobID,
        to path: String,
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> StoredBlob {
        try await client.fetch(id, to: path, onProgress: onProgress)
    }

    /// Like ``fetch(_:to:onProgress:)``, but returns nil if no aggregator has the blob.
    func find(_ id: BlobID, to path: String) async throws -> StoredBlob? {
        do {
            return try await fetch(id, to: path)
        } catch WalrusError.notFound {
            return nil
        }
    }

    /// Computes the ID and size of the file at `path`.
    func identify(_ path: String) async throws -> StoredBlob {
        try await BackgroundWork.run { [encoder] in try encoder.blob(atPath: path, isCancelled: $0) }
    }

    /// Stores the file at `path`, whose ID and size are those of `blob`.
    ///
    /// - Throws: ``WalrusError``; ``BotAPIError`` if the bot gives no token for the publisher; `CancellationError`.
    func store(
        _ path: String,
        as blob: StoredBlob,
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws {
        _ = try await client.store(file: path, as: blob, epochs: epochs, onProgress: onProgress)
    }
}
