import Synchronization

/// A request to stop, which any thread may raise and any number of tasks may await; once raised, it stays raised.
package final class StopSignal: Sendable {
    private struct State {
        var isRaised = false
        var lastWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package var isRaised: Bool { state.withLock { $0.isRaised } }

    package func raise() {
        let waiters = state.withLock { state in
            state.isRaised = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until the signal is raised; false if the waiting task was cancelled first.
    package func wait() async -> Bool {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { enter($0, as: id) }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
        return isRaised
    }

    /// Runs `operation` and returns its value or throws its error; cancels `operation` when the signal is raised.
    package func cancelling<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                _ = await self.wait()
                return nil
            }
            defer { group.cancelAll() }
            for try await value in group {
                if let value { return value }
                group.cancelAll()
            }
            throw CancellationError()
        }
    }

    private func enter(_ waiter: CheckedContinuation<Void, Never>, as id: Int) {
        let mustWait = state.withLock { state in
            guard !state.isRaised, !Task.isCancelled else { return false }
            state.waiters[id] = waiter
            return true
        }
        if !mustWait { waiter.resume() }
    }
}
