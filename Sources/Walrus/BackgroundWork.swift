import Dispatch
import Synchronization

/// Runs long computations on threads of their own, so that they do not block Swift's cooperative thread pool.
package enum BackgroundWork {
    /// Runs `work` on its own thread.
    ///
    /// The closure that `work` receives returns true once the task is cancelled.
    ///
    /// - Throws: The error of `work`, or `CancellationError` if `work` failed after the task was cancelled.
    package static func run<Value: Sendable>(
        _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A new serial queue gets a thread of its own. The global queues share their threads with the
                // cooperative pool, so blocking one of them would block tasks.
                DispatchQueue(label: "okai.background").async {
                    let result = Result { try work { flag.isRaised } }
                    if case .failure = result, flag.isRaised {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        continuation.resume(with: result)
                    }
                }
            }
        } onCancel: {
            flag.raise()
        }
    }
}

/// A flag that can be set once, from any thread.
private final class CancellationFlag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
