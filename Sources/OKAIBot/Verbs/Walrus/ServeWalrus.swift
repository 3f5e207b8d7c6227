import ArgumentParser
import Contract
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals
import Walrus
import WalrusServer
import Webhook

/// `okaibot walrus serve`: an aggregator and publisher for this machine.
struct ServeWalrus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve an aggregator and publisher on loopback, for anyone on this machine."
    )

    @Option(help: "The port; 0: any free port, which is printed.") var port = 31_415
    @Option(help: "The folder of blobs.") var folder = "./okai-data/blobs"
    @Option(help: "The largest blob that can be stored, in bytes.") var limit = WalrusLimits.defaultPut
    @Option(help: "The largest blob that can be read, in bytes; default: no limit.") var readLimit: Int?

    func validate() throws {
        guard 0...65_535 ~= port else { throw ValidationError("--port must be 0 to 65535, but is \(port)") }
        for (name, limit) in [("--limit", limit), ("--read-limit", readLimit ?? 1)] where limit < 1 {
            throw ValidationError("\(name) must be at least 1, but is \(limit)")
        }
    }

    func run() async throws {
        var logger = Logger(label: "walrus") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        var storeLogger = logger
        storeLogger.logLevel = .info
        let store = try BlobStore(folder: folder, encoder: BlobEncoder(), logger: storeLogger)
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        WalrusRoutes(store: store, limits: WalrusLimits(put: limit, get: readLimit)).add(
            to: router,
            prefix: "/"
        )
        let application = Application(
            router: Door(router, manners: .walrus),
            server: APILimits().server,
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                // `print` would buffer the line if standard output is a file or a pipe.
                let line = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
                StandardOutput.write(line)
            },
            logger: logger
        )
        let server = HTTPService(
            application: application,
            host: "127.0.0.1",
            port: port,
            portChoice: "--port"
        )
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: server),
                .init(service: BlobInspection(blobs: store), successTerminationBehavior: .ignore),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // At a shutdown, running uploads get one second to end. Idle connections would delay the shutdown much longer.
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        try await ServiceGroup(configuration: configuration).run()
    }
}
