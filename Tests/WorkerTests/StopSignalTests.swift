import Testing
import Worker

@Suite("The stop signal", .timeLimit(.minutes(10)))
struct StopSignalTests {
    @Test("all waiting tasks return, and later ones at once")
    func allWaiters() async {
        let signal = StopSignal()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 { group.addTask { await signal.wait() } }
            signal.raise()
            for await isRaised in group { #expect(isRaised) }
        }
        #expect(await signal.wait())
    }

    @Test("a cancelled task stops waiting")
    func cancelled() async {
        let signal = StopSignal()
        let task = Task { await signal.wait() }
        task.cancel()
        #expect(await task.value == false)
    }

    @Test("a signal raised during an operation cancels it, and its result is returned")
    func cancelling() async throws {
        let signal = StopSignal()
        let value = try await signal.cancelling {
            signal.raise()
            _ = await StopSignal().wait()
            return Task.isCancelled
        }
        #expect(value)
        let undisturbed = try await StopSignal().cancelling { Task.isCancelled }
        #expect(!undisturbed)
    }
}
