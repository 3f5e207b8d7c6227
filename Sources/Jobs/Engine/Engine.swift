package import Contract

/// Starts and stops workers with one technology, such as processes on this machine or rented machines.
///
/// Workers report their progress to the bot over HTTP. An engine knows only whether its workers are alive.
package protocol Engine: Sendable {
    var name: EngineName { get }
    /// The time within which a started worker must claim its job.
    var startLease: Duration { get }
    /// The most jobs of the kind that run at once.
    func capacity(for kind: JobKind) -> Int
    /// Starts a worker for `launch`, unless a worker was already started with this key.
    ///
    /// Returns the worker's handle, a text from which the engine can find the worker again.
    func start(_ launch: Launch, as key: WorkerKey) async throws -> String
    func status(of handle: String) async -> WorkerStatus
    /// The handles of all workers that the engine started and that are still alive.
    func list() async throws -> [WorkerKey: String]
    /// The last lines that the worker printed; empty if the engine does not have them.
    func lastWords(of handle: String) async -> [String]
    /// Removes files and other leftovers of workers, except of the workers of `jobs`.
    func sweep(keeping jobs: Set<JobID>) async
    /// Stops the worker; does nothing if the worker has ended already.
    func stop(_ handle: String) async throws
    /// Stops a worker that has no running job; if the worker has cost money, notifies the admins.
    func stopOrphan(_ handle: String) async throws
}

extension Engine {
    package func lastWords(of handle: String) async -> [String] { [] }
    package func sweep(keeping jobs: Set<JobID>) async {}
    package func stopOrphan(_ handle: String) async throws { try await stop(handle) }
}

/// What an engine knows about a worker.
package enum WorkerStatus: Equatable, Sendable {
    case alive
    /// The worker certainly does not run any more.
    case lost
    /// The engine cannot find out at the moment whether the worker is alive.
    case unknown
}
