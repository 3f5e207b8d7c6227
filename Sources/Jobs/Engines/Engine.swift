package import Contract
package import Store

/// Where workers are started.
///
/// An engine only starts and stops them; what they do, they report themselves.
package protocol Engine: Sendable {
    /// The word by which commands name it.
    var name: String { get }
    /// How long a started worker may take to claim its job.
    var startLease: Duration { get }
    /// How long one attempt may take here; nil: as long as anywhere.
    var deadline: Duration? { get }
    /// How many jobs of a kind it may have at work at once.
    func capacity(for kind: JobKind) -> Int
    /// Starts a worker for `launch`, unless one was started under this key before, and returns the engine's name for it.
    func start(_ launch: Launch, as key: WorkerKey) async throws -> String
    /// How the worker called `handle` is.
    func status(of handle: String) async -> WorkerStatus
    /// The workers that it has started and that are still there, whoever waits for them.
    func list() async throws -> [WorkerKey: String]
    /// What the worker called `handle` has left to read, such as the end of a console; none where there is nothing.
    func lastWords(of handle: String) async -> [String]
    /// Removes what workers of other jobs than `jobs` have left behind.
    func tidy(keeping jobs: Set<Int64>) async
    /// Ends the worker called `handle`; one that has ended already is as good.
    func stop(_ handle: String) async throws
    /// Ends a worker that nobody waits for, and tells whoever pays for it.
    func stopOrphan(_ handle: String) async throws
}

extension Engine {
    package func lastWords(of handle: String) async -> [String] { [] }
    package var deadline: Duration? { nil }
    package func tidy(keeping jobs: Set<Int64>) async {}
    package func stopOrphan(_ handle: String) async throws { try await stop(handle) }
}

/// How a worker is, as far as its engine can tell.
package enum WorkerStatus: Equatable, Sendable {
    case alive
    /// Surely gone, whatever the reason.
    case lost
    /// Nobody can tell right now.
    case unknown
}

/// Which start of which job a worker is: the same key never gets two.
package struct WorkerKey: Hashable, Sendable, CustomStringConvertible {
    package let job: Int64
    package let attempt: Int
    package let rescues: Int

    package init(job: Int64, attempt: Int, rescues: Int) {
        (self.job, self.attempt, self.rescues) = (job, attempt, rescues)
    }

    package init(of job: Job) {
        self.init(job: job.id ?? 0, attempt: job.attempt, rescues: job.rescues)
    }

    /// Reads what ``description`` wrote.
    package init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard numbers.count == 3, let job = numbers[0], let attempt = numbers[1], let rescues = numbers[2]
        else {
            return nil
        }
        self.init(job: job, attempt: Int(attempt), rescues: Int(rescues))
    }

    /// `7-1-0`: the first start of job 7.
    package var description: String { "\(job)-\(attempt)-\(rescues)" }
}
