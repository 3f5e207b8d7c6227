import Contract
import Foundation

/// Tells the bot what happens, again and again until it has heard, and hears from it whether to go on.
struct Reporter: Sendable {
    /// How long after the deadline an end is still worth telling.
    private static let grace = 600.0

    let client: BotClient
    let leaseToken: String
    let queue: EventQueue
    let clock: any Clock<Duration>

    /// Reports until the end is told (true) or the lease is gone (false); `stop` hears what the bot wants.
    func run(
        until deadline: Date,
        stop: @escaping @Sendable (JobExecution.Stop) -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                while true {
                    try await clock.sleep(for: queue.pause)
                    queue.wake()
                }
            }
            group.addTask {
                for await _ in queue.bell {
                    if let end = try await send(stop) { return end }
                    if deadline.timeIntervalSinceNow < -Self.grace { return false }
                }
                return nil
            }
            let end = try await group.next() ?? nil
            group.cancelAll()
            return end ?? false
        }
    }

    /// Sends one batch; the end of all reporting, if this was it.
    private func send(_ stop: @Sendable (JobExecution.Stop) -> Void) async throws -> Bool? {
        let batch = queue.nextBatch()
        do {
            let reply = try await client.report(batch, leaseToken: leaseToken)
            queue.acknowledge(batch, next: reply.nextSeconds)
            if batch.events.contains(where: \.event.isTerminal) { return true }
            if reply.cancel { stop(.cancelled) }
            if !queue.isEmpty { queue.wake() }
            return nil
        } catch BotError.refused {
            stop(.leaseGone)
            return false
        } catch BotError.away {
            // The work goes on; the next ring tries again.
            try await clock.sleep(for: .seconds(Double.random(in: 0.2...2)))
            return nil
        }
    }
}
