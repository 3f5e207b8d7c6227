import Glibc
import Hummingbird
import NIOCore
import ServiceLifecycle

/// The HTTP server.
///
/// If the server cannot listen, the error names the host, the port and the setting to change.
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
