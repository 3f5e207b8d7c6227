import Dispatch
import Synchronization

/// Runs long computations away from the cooperative threads, which must never be blocked.
package enum BackgroundWork {
    /// Runs `work` on a thread of its own kind; it is told through its parameter when the task is cancelled.
    package static func run<Value: Sendable>(
        _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try work { flag.isRaised } })
                }
            }
        } onCancel: {
            flag.raise()
        }
    }
}

/// Says once and for all that somebody wants to stop.
private final class CancellationFlag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
