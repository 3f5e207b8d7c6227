package import Contract

/// Machines that somebody else starts, by hand say, and that come and ask: here is nothing to start or to stop.
package struct EnrolledEngine: Engine {
    package static let name = "enrolled"
    package let name: String = Self.name
    package let startLease = Duration.seconds(120)

    package init() {}

    package func capacity(for kind: JobKind) -> Int { 0 }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        throw EngineError.cannotStart("machines of this engine are started by people")
    }

    package func status(of handle: String) async -> WorkerStatus { .unknown }
    package func list() async throws -> [WorkerKey: String] { [:] }
    package func stop(_ handle: String) async throws {}
}
