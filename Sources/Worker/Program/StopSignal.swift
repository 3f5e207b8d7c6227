import Synchronization

/// A request to stop that can be raised once, from anywhere, and awaited any number of times.
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

    /// Waits for the signal; false when the task was cancelled meanwhile.
    package func raised() async -> Bool {
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

    /// What `operation` returns or throws; it is cancelled when the signal is raised.
    package func cancels<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                _ = await self.raised()
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
