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
    /// How long a blob without a sighting is asked for.
    private let patience: Patience
    private var sightings: [BlobID: Sighting]

    /// With `lease` authorisation, the client uses the Walrus inside the bot: at the bot's URL, with the lease token.
    init(
        _ access: WalrusAccess,
        sightings: [Sighting] = [],
        bot: JobAPIClient,
        leaseToken: String,
        http: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        encoder = try BlobEncoder()
        epochs = access.epochs
        let isEmbedded = access.authorization == .lease
        // The Walrus inside the bot has no cache: its first answer counts.
        patience = isEmbedded ? .none : .brief
        self.sightings =
            isEmbedded ? [:] : Dictionary(sightings.map { ($0.blob, $0) }) { first, _ in first }
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
        (patience, sightings) = (.brief, [:])
        client = WalrusClient(
            aggregators: try access.aggregators.map { try BaseURL($0) },
            publisher: try BaseURL(access.publisher),
            http: http,
            encoder: encoder
        )
    }

    /// Reads the blob into the file at `path`, and verifies that the bytes have this ID.
    ///
    /// - Throws: ``WalrusError``: ``WalrusError/notFound(_:)`` if the blob is gone, ``WalrusError/notYetFound(_:)`` or
    ///   ``WalrusError/noAnswer(_:_:)`` if that cannot be told now; ``EncodingError``; `CancellationError`.
    func fetch(
        _ id: BlobID,
        to path: String,
        onProgress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> StoredBlob {
        let sighting = sightings[id]
        do {
            return try await client.fetch(
                id,
                to: path,
                patience: sighting == nil ? patience : .minute,
                onProgress: onProgress
            )
        } catch WalrusError.notFound where sighting?.isRecent == true {
            throw WalrusError.notYetFound(id)
        } catch let error as WalrusError where error.isTemporary {
            throw WalrusError.noAnswer(id, "\(error)")
        }
    }

    /// A client that knows a sighting of `others` if it knows one of `id`: they were stored together.
    func sharing(_ id: BlobID, with others: [BlobID]) -> BlobClient {
        guard let sighting = sightings[id] else { return self }
        var client = self
        for other in others where client.sightings[other] == nil {
            client.sightings[other] = Sighting(blob: other, secondsAgo: sighting.secondsAgo)
        }
        return client
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
