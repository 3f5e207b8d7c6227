import Contract
import Foundation

/// Reports the events of a queue to the bot, and repeats each batch until the bot answers.
///
/// Calls a closure when the job must stop.
struct EventReporter: Sendable {
    /// The time after the deadline for which the reporter still tries to report the job's end, in seconds.
    private static let graceAfterDeadline = 600.0

    let client: JobAPIClient
    let leaseToken: String
    let queue: EventQueue
    let clock: any Clock<Duration>

    /// Reports until the bot has received the job's end, and returns true; false if the lease is lost or the time is
    /// over.
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

    /// Sends one batch.
    ///
    /// Returns true if the batch held the job's end, false if the lease is lost, and otherwise nil.
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
