import Contract
import Foundation

/// Reports the events of a queue to the bot, repeats each batch until the bot answers, and passes on its wish to stop.
struct EventReporter: Sendable {
    /// How long after the deadline the end of a job is still reported, in seconds.
    private static let graceAfterDeadline = 600.0

    let client: JobAPIClient
    let leaseToken: String
    let queue: EventQueue
    let clock: any Clock<Duration>

    /// Reports until the bot has the job's end (true), or the lease is lost or the time is over (false).
    ///
    /// `stop` is called when the bot cancels the job or the lease is lost.
    func run(
        until deadline: Date,
        stop: @escaping @Sendable (JobExecution.Stop) -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                while true {
                    try await clock.sleep(for: queue.pause)
                    queue.wakeReporter()
                }
            }
            group.addTask {
                for await _ in queue.wakeUps {
                    if let isReported = try await sendBatch(stop) { return isReported }
                    if deadline.timeIntervalSinceNow < -Self.graceAfterDeadline { return false }
                }
                return nil
            }
            let isReported = try await group.next() ?? nil
            group.cancelAll()
            return isReported ?? false
        }
    }

    /// Sends one batch; true if it held the job's end, false if the lease is lost, else nil.
    private func sendBatch(_ stop: @Sendable (JobExecution.Stop) -> Void) async throws -> Bool? {
        let batch = queue.nextBatch()
        do {
            let reply = try await client.report(batch, leaseToken: leaseToken)
            queue.acknowledge(batch, next: reply.nextSeconds)
            if batch.events.contains(where: \.event.isTerminal) { return true }
            if reply.cancel { stop(.cancelled) }
            if !queue.isEmpty { queue.wakeReporter() }
            return nil
        } catch BotAPIError.refused {
            stop(.leaseLost)
            return false
        } catch BotAPIError.unavailable {
            // The work goes on; the next wake-up sends the batch again.
            try await clock.sleep(for: .seconds(Double.random(in: 0.2...2)))
            return nil
        }
    }
}
