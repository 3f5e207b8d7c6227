package import Contract

/// Where workers are started.
///
/// An engine only starts and stops them; what they do, they report themselves.
package protocol Engine: Sendable {
    /// The word by which commands name it.
    var name: String { get }
    /// How long a started worker may take to claim its job.
    var startLease: Duration { get }
    /// How many jobs of a kind it may have at work at once.
    func capacity(for kind: JobKind) -> Int
    /// Starts a worker for `launch`, and returns the engine's name for it.
    func start(_ launch: Launch) async throws -> String
    /// Whether the worker called `handle` is surely gone; false where nobody can tell.
    func isGone(_ handle: String) async -> Bool
    /// Removes what workers of other jobs than `jobs` have left behind.
    func tidy(keeping jobs: Set<Int64>) async
    /// Ends the worker called `handle`; one that has ended already is as good.
    func stop(_ handle: String) async throws
}
