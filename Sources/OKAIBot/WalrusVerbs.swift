import ArgumentParser
import Contract
import Foundation
import HTTP
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals
import Walrus
import WalrusServer

/// Blobs by hand.
struct WalrusVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walrus",
        abstract: "Compute IDs, store and read blobs, serve a Walrus of your own.",
        subcommands: [ID.self, Put.self, Get.self, ServeWalrus.self]
    )

    struct ID: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the blob ID of a file.")

        @Argument var file: String
        @Option(help: "How many shards the network has.") var shards = CodeShape.defaultShards

        func run() async throws {
            let encoder: BlobEncoder
            do {
                encoder = try BlobEncoder(shards: shards)
            } catch {
                throw ValidationError("\(error)")
            }
            let file = file
            print(try await BackgroundWork.run { try encoder.blob(atPath: file, isCancelled: $0) }.id)
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a file and print its blob ID, recomputed here."
        )

        @Argument var file: String
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let settings = try option.settings()
            let (client, encoder) = try settings.walrusClient()
            let file = file
            let blob = try await BackgroundWork.run { try encoder.blob(atPath: file, isCancelled: $0) }
            let answer = try await client.store(file: file, as: blob, epochs: settings.epochs)
            print(blob.id)
            let state = answer.wasCertified ? "was there already" : "stored"
            FileHandle.standardError.write(Data("\(state), \(blob.size) bytes\n".utf8))
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Read a blob into a file (default: one named by its ID), which appears only when it is right."
        )

        @Argument var id: String
        @Argument var file: String?
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let blob: BlobID
            do {
                blob = try BlobID(id)
            } catch {
                throw ValidationError("\(error)")
            }
            let path = file ?? id
            let stored = try await option.settings().walrusClient().client.fetch(blob, to: path)
            print("\(path): \(stored.size) bytes, ID verified")
        }
    }

    struct ServeWalrus: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Serve an aggregator and publisher on loopback, for anyone on this machine."
        )

        @Option(help: "The port; 0: any free one, printed.") var port = 31_415
        @Option(help: "The folder of blobs.") var folder = "./okai-data/blobs"
        @Option(help: "The largest blob taken, in bytes.") var limit = BlobStore.defaultSizeLimit

        func run() async throws {
            let store = try BlobStore(folder: folder, sizeLimit: limit, encoder: BlobEncoder())
            let router = Router(context: BasicRequestContext.self)
            WalrusRoutes(store: store).add(to: router)
            var logger = Logger(label: "walrus") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = .warning
            let application = Application(
                router: router,
                configuration: .init(address: .hostname("127.0.0.1", port: port)),
                onServerRunning: { print("http://127.0.0.1:\($0.localAddress?.port ?? 0)") },
                logger: logger
            )
            let server = HTTPService(application: application, host: "127.0.0.1", port: port)
            try await ServiceGroup(
                services: [server],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            ).run()
        }
    }
}

extension Settings {
    fileprivate func walrusClient() throws -> (client: WalrusClient, encoder: BlobEncoder) {
        guard case .network(let aggregators, let publisher) = walrus else {
            throw SettingsError.wrong(
                .aggregators,
                "embedded",
                "a URL here: the embedded Walrus is inside a running bot"
            )
        }
        let encoder = try BlobEncoder()
        let client = WalrusClient(
            aggregators: aggregators,
            publisher: publisher,
            http: HTTPClient(),
            encoder: encoder
        )
        return (client, encoder)
    }
}
