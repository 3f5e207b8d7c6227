package import Contract

/// Starts and stops workers with one technology, such as processes on this machine or rented machines.
///
/// Workers report their progress to the bot over HTTP; an engine knows only whether they are alive.
package protocol Engine: Sendable {
    var name: EngineName { get }
    /// The time in which a started worker must claim its job.
    var startLease: Duration { get }
    /// The most jobs of a kind at once.
    func capacity(for kind: JobKind) -> Int
    /// Starts a worker for `launch`, unless one was started under this key before.
    ///
    /// Returns the worker's handle, by which the engine finds it again.
    func start(_ launch: Launch, as key: WorkerKey) async throws -> String
    func status(of handle: String) async -> WorkerStatus
    /// The handles of all workers that the engine started and that are still alive.
    func list() async throws -> [WorkerKey: String]
    /// The last lines that the worker printed; empty if the engine does not have them.
    func lastWords(of handle: String) async -> [String]
    /// Removes leftovers of workers, except those of `jobs`.
    func sweep(keeping jobs: Set<JobID>) async
    /// Stops the worker; does nothing if it has ended already.
    func stop(_ handle: String) async throws
    /// Stops a worker that has no running job; if it cost money, notifies the bot's owners.
    func stopOrphan(_ handle: String) async throws
}

extension Engine {
    package func lastWords(of handle: String) async -> [String] { [] }
    package func sweep(keeping jobs: Set<JobID>) async {}
    package func stopOrphan(_ handle: String) async throws { try await stop(handle) }
}

/// The status of a worker by its engine.
package enum WorkerStatus: Equatable, Sendable {
    case alive
    /// The worker certainly does not run any more.
    case lost
    /// The engine cannot find out at the moment.
    case unknown
}
