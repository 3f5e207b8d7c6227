import Testing
import Worker

@Suite("Stop signal", .timeLimit(.minutes(1)))
struct StopSignalTests {
    @Test("everyone who waits hears it, also who comes late")
    func everyone() async {
        let signal = StopSignal()
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 { group.addTask { await signal.raised() } }
            signal.raise()
            for await isRaised in group { #expect(isRaised) }
        }
        #expect(await signal.raised())
    }

    @Test("who is cancelled stops waiting")
    func cancelled() async {
        let signal = StopSignal()
        let task = Task { await signal.raised() }
        task.cancel()
        #expect(await task.value == false)
    }

    @Test("raised during an operation, it cancels that and leaves the last word to it")
    func cancels() async throws {
        let signal = StopSignal()
        let value = try await signal.cancels {
            signal.raise()
            _ = await StopSignal().raised()
            return Task.isCancelled
        }
        #expect(value)
        let undisturbed = try await StopSignal().cancels { Task.isCancelled }
        #expect(!undisturbed)
    }
}
