package import Contract

/// Starts and stops workers in one place, such as this machine or a cloud.
///
/// Workers report what they do themselves, over HTTP: an engine knows only whether they live.
package protocol Engine: Sendable {
    /// The word by which commands and rows name it.
    var name: EngineName { get }
    /// How long a started worker may take to claim its job.
    var startLease: Duration { get }
    /// How many jobs of a kind it may run at once.
    func capacity(for kind: JobKind) -> Int
    /// Starts a worker for `launch`, unless one was started under this key before; returns the worker's handle, which is
    /// the engine's own name for it.
    func start(_ launch: Launch, as key: WorkerKey) async throws -> String
    /// Whether the worker with this handle lives.
    func status(of handle: String) async -> WorkerStatus
    /// The handles of all workers that it has started and that are still there.
    func list() async throws -> [WorkerKey: String]
    /// The end of what the worker printed, such as the last lines of a console; empty where there is nothing.
    func lastWords(of handle: String) async -> [String]
    /// Removes what workers of other jobs than `jobs` have left behind.
    func sweep(keeping jobs: Set<JobID>) async
    /// Stops the worker with this handle; does nothing where it has ended already.
    func stop(_ handle: String) async throws
    /// Stops a worker without a running job, and tells the bot's owner where that worker cost money.
    func stopOrphan(_ handle: String) async throws
}

extension Engine {
    package func lastWords(of handle: String) async -> [String] { [] }
    package func sweep(keeping jobs: Set<JobID>) async {}
    package func stopOrphan(_ handle: String) async throws { try await stop(handle) }
}

/// Whether a worker lives, as its engine sees it.
package enum WorkerStatus: Equatable, Sendable {
    case alive
    /// The worker is surely gone.
    case lost
    /// The engine cannot tell now.
    case unknown
}
