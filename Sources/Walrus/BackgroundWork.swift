import Dispatch
import Synchronization

/// Runs long computations away from the cooperative threads, which must never be blocked.
package enum BackgroundWork {
    /// Runs `work` on a thread of its own; it is told through its parameter when the task is cancelled.
    ///
    /// - Throws: What `work` throws; `CancellationError` for whatever it throws once it was told.
    package static func run<Value: Sendable>(
        _ work: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A queue of its own has a thread of its own. The global queues are those that the cooperative threads
                // come from: whoever blocks there takes their place.
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

/// Says once and for all that somebody wants to stop.
private final class CancellationFlag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
