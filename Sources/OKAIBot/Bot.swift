import Commands
import Contract
import Foundation
import HTTP
import Hummingbird
import Jobs
import Logging
import ServiceLifecycle
import Store
import UnixSignals
import Walrus
import WalrusServer
import Webhook

/// The bot without its chat: what serve and chat have in common, put together from the settings.
struct Bot: Sendable {
    let settings: Settings
    let store: SQLiteStore
    let logger: Logger
    private let folder: DataFolder
    private let queue: JobQueue
    private let engines: [any Engine]
    private let fluence: FluenceEngine?
    /// Nil: there are no pictures.
    let painter: PictureProgram?
    private let blobs: BlobStore?
    /// What workers write for chats.
    private let answers: AnswerShelf
    /// Opens what people send to the chat.
    private let files: FileDesk.Opener

    /// Opens the data folder and finds the worker.
    ///
    /// - Throws: what is wrong, in one sentence each.
    init(settings: Settings, logger: Logger, files: @escaping FileDesk.Opener) throws {
        self.settings = settings
        self.logger = logger
        self.files = files
        answers = AnswerShelf(folder: "\(settings.dataFolder)/answers")
        folder = try DataFolder(settings.dataFolder)
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
        // Everyone is offered it, so it must be there, under its true ID.
        try blobs?.store(Array(DemoDataset.iris.utf8), knownAs: BlobID(Demo.blob))
    }

    func policy(port: Int) -> ChatPolicy {
        let local = settings.localURL(port: port)
        var policy = ChatPolicy(
            admins: settings.admins,
            publicURL: settings.publicURL?.description ?? local,
            downloadURL: settings.downloadURL,
            engine: settings.engine
        )
        policy.engines = engines.filter(startsByItself).map(\.name)
        policy.imageEngines = settings.vmImage == nil ? ["vm", FluenceEngine.word] : [FluenceEngine.word]
        policy.dailyBudget = fluence == nil ? 0 : settings.dailyBudget
        policy.imageURL = settings.imageURL?.description
        policy.build = settings.imageCommand.map { command in
            BuildArguments(command: command, folder: settings.imageFolder, bot: policy.publicURL)
        }
        policy.commands = settings.commands
        policy.answers = answers
        return policy
    }

    /// Whether a training that another engine failed may as well be done there.
    private func startsByItself(_ engine: any Engine) -> Bool {
        switch engine {
        case is EnrolledEngine: false  // machines that people start may never come
        case is VMEngine: settings.vmImage != nil || settings.imageCommand != nil
        default: engine.capacity(for: .train) > 0
        }
    }

    /// Runs until it is told to end: the HTTP server, the job runner, and the chat's services, which `chat` makes once
    /// the port is known.
    func run(chat: @escaping @Sendable (_ port: Int) async throws -> [any Service]) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let wanted = try await listeningPort()
        let server = HTTPService(
            application: Application(
                router: router(),
                server: settings.doorLimits.server,
                configuration: .init(
                    address: .hostname(settings.host, port: wanted),
                    availableConnectionsDelegate: .maximum(settings.doorLimits.connections, logger: quiet)
                ),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
                logger: quiet
            ),
            host: settings.host,
            port: wanted
        )
        let rest = LateServices { [self] in
            guard let port = await ports.first(where: { _ in true }) else { return [] }
            try await store.write { try $0.remember(port: port) }
            let runner = JobRunner(
                queue: queue,
                engines: engines,
                bot: settings.localURL(port: port),
                logger: logger
            )
            let pricer = Pricer(store: store, logger: logger) { [fluence] in try await fluence?.price() }
            // Runs go on, whatever the chat has to wait for.
            return [
                runner, pricer, Janitor(store: store, answers: answers, logger: logger),
                LateServices { try await chat(port) },
            ]
        }
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: server),
                .init(service: rest, successTerminationBehavior: .gracefullyShutdownGroup),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        if let blobs {
            configuration.services.append(
                .init(service: Inspection(blobs: blobs), successTerminationBehavior: .ignore)
            )
        }
        configuration.maximumGracefulShutdownDuration = .seconds(8)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Where any port will do, the one of last time is the best: workers that were started then look for the bot there.
    private func listeningPort() async throws -> Int {
        guard settings.port == 0, let last = try await store.read({ try $0.rememberedPort() }),
            ListeningPort.isFree(last, on: settings.host)
        else { return settings.port }
        return last
    }

    private func router() -> Router<DoorContext> {
        let router = WebhookRouter.make(
            queue: queue,
            limits: settings.doorLimits,
            publisherToken: settings.publisherToken,
            images: settings.imageFolder,
            files: FileDesk(answers: answers, open: files),
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

    /// For the frameworks: what they have to say of a shutdown interests nobody, and their failures reach us as errors.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}

extension Settings {
    /// The first aggregator, where people can reach it.
    fileprivate var downloadURL: String? {
        guard case .network(let aggregators, _) = walrus, let first = aggregators.first, !first.isLoopback
        else {
            return nil
        }
        return first.description
    }
}
