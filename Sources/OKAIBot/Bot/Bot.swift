import Commands
import Contract
import Engines
import Foundation
import HTTP
import Hummingbird
import Jobs
import Logging
import ServiceLifecycle
import Store
import Telegram
import UnixSignals
import Walrus
import WalrusServer
import Webhook

/// The bot without a chat, made from the settings.
///
/// The verbs `serve` and `chat` each add their own chat.
struct Bot: Sendable {
    let settings: Settings
    let store: SQLiteStore
    let logger: Logger
    private let folder: DataFolder
    private let queue: JobQueue
    private let engines: [any Engine]
    private let fluence: FluenceEngine?
    /// Draws pictures of results; nil if `okai-picture` is missing.
    let painter: PictureProgram?
    /// The blobs of the embedded Walrus; nil if another Walrus is configured.
    private let blobs: BlobStore?
    /// The files that workers have made for chats.
    private let answers: AnswerFiles
    /// The files that scripts have posted.
    private let attachments: AttachmentFiles
    /// Opens a file that a person sent to the chat.
    private let files: FileExchange.Opener
    /// Whether Telegram answers; nil for a bot without Telegram.
    let telegram: PollHealth?

    /// Locks the data folder, opens the database and finds the worker program.
    ///
    /// - Throws: an error whose description tells the bot's owner in one sentence what is wrong.
    init(
        settings: Settings,
        logger: Logger,
        telegram: PollHealth? = nil,
        files: @escaping FileExchange.Opener
    ) throws {
        ShutdownSignals.prepare()
        self.settings = settings
        self.logger = logger
        self.telegram = telegram
        self.files = files
        answers = AnswerFiles(folder: "\(settings.dataFolder)/answers")
        attachments = AttachmentFiles(
            folder: "\(settings.dataFolder)/attachments",
            limit: settings.attachmentLimit
        )
        folder = try DataFolder(settings.dataFolder)
        for change in folder.mended {
            logger.warning("other users had access to a file of the bot", metadata: ["mended": "\(change)"])
        }
        store = try SQLiteStore(path: "\(settings.dataFolder)/okai.sqlite")
        queue = JobQueue(store: store, terms: settings.leases, walrus: settings.walrusAccess)
        fluence = try settings.fluenceEngine(store: store, logger: logger)
        engines = try settings.engines(store: store) + [fluence].compactMap { $0 as (any Engine)? }
        painter = PictureProgram(logger: logger)
        blobs =
            settings.walrus == .embedded
            ? try BlobStore(
                folder: "\(settings.dataFolder)/blobs",
                encoder: BlobEncoder(),
                logger: logger
            ) : nil
        // The demo that the chat offers needs this dataset.
        try blobs?.store(Array(DemoDataset.iris.utf8), knownAs: BlobID(Demo.blob))
    }

    /// Runs the HTTP server, the job runner and the chat's services, until a signal ends the process or the chat ends.
    ///
    /// `chat` makes the chat's services. It is called when the port of the server is known.
    func run(chat: @escaping @Sendable (_ port: Int) async throws -> [any Service]) async throws {
        // No post is being received yet, so a file that no message needs is what a crash has left.
        attachments.removeFiles(
            except: try await store.read { try $0.neededFiles() },
            grace: -.infinity,
            now: Date()
        )
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = try await makeServer { port.yield($0) }
        let rest = LateServices {
            guard let port = await ports.first(where: { _ in true }) else { return [] }
            try await store.write { try $0.save(port: port) }
            // The job runner does not wait for `chat`, which may have to wait for Telegram.
            return services(port: port) + [LateServices { try await chat(port) }]
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: server),
                .init(service: rest, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: ShutdownSignals.graceful,
            logger: frameworkLogger
        )
        if let blobs {
            configuration.services.append(
                .init(service: BlobInspection(blobs: blobs), successTerminationBehavior: .ignore)
            )
        }
        configuration.maximumGracefulShutdownDuration = .seconds(8)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The services that need no chat.
    private func services(port: Int) -> [any Service] {
        [
            JobRunner(
                queue: queue,
                engines: engines,
                bot: settings.localURL(port: port),
                logger: logger
            ),
            Pricer(store: store, logger: logger) { [fluence] in try await fluence?.price() },
            Pruner(store: store, answers: answers, attachments: attachments, logger: logger),
        ]
    }
}

// MARK: - The chat's policy

extension Bot {
    func policy(port: Int) -> ChatPolicy {
        let local = settings.localURL(port: port)
        var policy = ChatPolicy(
            owners: settings.owners,
            publicURL: settings.publicURL?.description ?? local,
            downloadURL: settings.downloadURL,
            engine: settings.engine
        )
        // Nil: a host that no URL can have, which is not this machine.
        if settings.publicURL == nil, (try? BaseURL(local))?.isLoopback == true {
            policy.reach = settings.port == 0 ? .thisStart : .thisMachine
        }
        policy.engines = engines.filter(canRetry(on:)).map(\.name)
        policy.imageEngines = Set(EngineName.allCases.filter(needsBuiltImage))
        policy.dailyBudget = fluence == nil ? 0 : settings.dailyBudget
        policy.imageURL = settings.imageURL?.description
        policy.build = settings.imageCommand.map { command in
            BuildArguments(command: command, folder: settings.imageFolder, bot: policy.publicURL)
        }
        policy.commands = settings.commands
        policy.answers = answers
        policy.attachments = attachments
        return policy
    }

    /// Whether a training that failed on another engine can be retried on this one.
    private func canRetry(on engine: any Engine) -> Bool {
        switch engine.name {
        case .enrolled: false
        case .vm: settings.vmImage != nil || settings.imageCommand != nil
        case .local, .fluence: engine.capacity(for: .train) > 0
        }
    }

    private func needsBuiltImage(_ engine: EngineName) -> Bool {
        engine.bootsImage && !(engine == .vm && settings.vmImage != nil)
    }
}

// MARK: - The HTTP server

extension Bot {
    /// Makes the HTTP server; `onRunning` is called with the port when the server listens.
    private func makeServer(
        onRunning: @escaping @Sendable (_ port: Int) -> Void
    ) async throws -> HTTPService<DoorResponder> {
        let port = try await listeningPort()
        let application = Application(
            router: Door(router()),
            server: settings.apiLimits.server,
            configuration: .init(
                address: .hostname(settings.host, port: port),
                availableConnectionsDelegate: .maximum(
                    settings.apiLimits.connections,
                    logger: frameworkLogger
                )
            ),
            onServerRunning: { onRunning($0.localAddress?.port ?? 0) },
            logger: frameworkLogger
        )
        return HTTPService(application: application, host: settings.host, port: port)
    }

    private var health: Health {
        let storage = StorageCheck(store: store, folder: settings.dataFolder)
        guard let telegram else { return Health(storage: storage) }
        return Health(storage: storage, polls: { telegram.status })
    }

    /// The port to listen on.
    ///
    /// If the settings allow any port, the port of the last start is used again if it is free, because workers that are
    /// still running report to that port.
    private func listeningPort() async throws -> Int {
        guard settings.port == 0, let last = try await store.read({ try $0.lastPort() }),
            PortCheck.isFree(last, on: settings.host)
        else { return settings.port }
        return last
    }

    private func router() -> Router<APIContext> {
        let router = APIRouter.make(
            queue: queue,
            limits: settings.apiLimits,
            health: health,
            publisherToken: settings.publisherToken,
            images: settings.imageFolder,
            files: FileExchange(answers: answers, open: files),
            publicURL: settings.publicURL?.description,
            attachments: attachments,
            logger: logger
        )
        if let blobs {
            let limits = WalrusLimits(put: settings.blobLimit)
            let routes = WalrusRoutes(store: blobs, limits: limits) { [queue] bearer in
                guard let bearer else { return false }
                return try await queue.holdsLease(Secret(bearer))
            }
            routes.add(to: router)
        }
        return router
    }

    /// A logger for the frameworks that logs almost nothing.
    ///
    /// The frameworks would log every shutdown. Their errors are thrown, and are logged elsewhere.
    private var frameworkLogger: Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}

extension Settings {
    /// The URL of the first aggregator; nil if only this machine can reach the aggregator, or if Walrus is embedded.
    fileprivate var downloadURL: String? {
        guard case .network(let aggregators, _) = walrus, let first = aggregators.first, !first.isLoopback
        else { return nil }
        return first.description
    }
}
