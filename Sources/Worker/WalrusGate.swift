import Contract
import HTTP
import Walrus

/// Walrus as one job may use it: patient with what passes, and checking every ID.
struct WalrusGate: Sendable {
    private let client: WalrusClient
    private let encoder: BlobEncoder
    private let epochs: Int
    private let patience: Patience

    /// The bot's embedded Walrus is wherever the bot is, and wants the lease token.
    init(
        _ access: WalrusAccess,
        bot: BaseURL,
        leaseToken: String,
        http: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        encoder = try BlobEncoder()
        epochs = access.epochs
        patience = Patience(base: .milliseconds(500), cap: .seconds(10), tries: 5, clock: clock)
        switch access.authorization {
        case .lease:
            client = WalrusClient(
                aggregators: [bot],
                publisher: bot,
                http: http,
                bearer: leaseToken,
                encoder: encoder
            )
        case .none:
            client = WalrusClient(
                aggregators: try access.aggregators.map { try BaseURL($0) },
                publisher: try BaseURL(access.publisher),
                http: http,
                encoder: encoder
            )
        }
    }

    /// Brings the blob into the file at `path`, verified.
    func fetch(
        _ id: BlobID,
        to path: String,
        onProgress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> StoredBlob {
        try await patience.run(while: Self.mayPass) {
            try await client.fetch(id, to: path, onProgress: onProgress)
        }
    }

    /// The ID and size of the file at `path`.
    func identify(_ path: String) async throws -> StoredBlob {
        try await BackgroundWork.run { [encoder] in try encoder.blob(atPath: path, isCancelled: $0) }
    }

    /// Stores the file at `path`, whose ID was computed here.
    func store(_ path: String, as blob: StoredBlob) async throws {
        _ = try await patience.run(while: Self.mayPass) {
            try await client.store(file: path, as: blob, epochs: epochs)
        }
    }

    private static func mayPass(_ error: any Error) -> Bool {
        (error as? WalrusError)?.isTemporary ?? false
    }
}
