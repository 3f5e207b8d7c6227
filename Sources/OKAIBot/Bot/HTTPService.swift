import Glibc
import Hummingbird
import NIOCore
import ServiceLifecycle
import WalrusServer

/// The HTTP server, with an error that says which port is taken.
struct HTTPService<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let application: Application<Responder>
    let host: String
    let port: Int
    /// The setting or option that chooses the port.
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

/// Verifies all stored blobs in the background, and frees those that are damaged.
///
/// The server need not wait for it: each blob is verified again before it is served.
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

/// Services that can be made only once another service runs; it ends when the first of them ends.
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
