import Glibc
import Hummingbird
import NIOCore
import ServiceLifecycle
import WalrusServer

/// The HTTP server, whose failures read like sentences.
struct HTTPService<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let application: Application<Responder>
    let host: String
    let port: Int
    /// What sets the port, as people write it.
    var portChoice = SettingKey.port.rawValue

    func run() async throws {
        do {
            try await application.run()
        } catch let error as CancellationError {
            throw error
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw BotError.cannotListen(host: host, port: port, reason: reason, chosenBy: portChoice)
        }
    }
}

/// Verifies the blobs that are kept while they are served already: each is verified before it is handed out, anyway.
struct Inspection: Service {
    let blobs: BlobStore

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await blobs.verifyAll() }
        } catch is CancellationError {
            return  // The next start begins anew.
        }
    }
}

/// Services that can be made only once something else runs; it ends when the first of them does.
struct LateServices: Service {
    let make: @Sendable () async throws -> [any Service]

    func run() async throws {
        let services: [any Service]
        do {
            services = try await cancelWhenGracefulShutdown { try await make() }
        } catch is CancellationError {
            return  // Shut down before there was anything to run.
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
