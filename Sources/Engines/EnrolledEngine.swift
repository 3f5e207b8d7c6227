package import Contract
package import Jobs

/// The engine for machines that people start by hand: the machines ask the bot for jobs, so it starts and stops
/// nothing.
package struct EnrolledEngine: Engine {
    package let name = EngineName.enrolled
    package let startLease = Duration.seconds(120)

    package init() {}

    package func capacity(for kind: JobKind) -> Int { 0 }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        throw EngineError.cannotStart("people start the machines of the engine \(name) by hand")
    }

    package func status(of handle: String) async -> WorkerStatus { .unknown }
    package func list() async throws -> [WorkerKey: String] { [:] }
    package func stop(_ handle: String) async throws {}
}
