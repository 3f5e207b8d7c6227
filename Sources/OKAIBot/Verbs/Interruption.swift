import Meters
import UnixSignals
import Walrus

/// Runs `work`; Ctrl-C or SIGTERM cancels it.
///
/// - Throws: The error of `work`; ``Interrupted`` after a signal, when `work` has ended; `CancellationError` if the
///   caller's task is cancelled.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws
    -> Value
{
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await work() }
        group.addTask {
            for await _ in signals { throw Interrupted() }
            throw CancellationError()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw Interrupted() }
        return value
    }
}

/// Runs `work` like ``interruptible(_:)``, and shows the progress of its transfers in the terminal.
///
/// `label` is the word that is shown for a transfer, such as `getting`.
func watched<Value: Sendable>(
    _ label: String,
    _ work: @escaping @Sendable (_ show: @escaping @Sendable (TransferProgress) -> Void) async throws -> Value
) async throws -> Value {
    let meter = TransferMeter(label: label)
    defer { meter.end() }
    return try await interruptible { try await work { meter.show($0) } }
}

/// The program was interrupted by a signal.
struct Interrupted: Error, CustomStringConvertible {
    let description = "interrupted"
}
