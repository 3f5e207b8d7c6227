package import Contract
import Foundation
package import HTTP

/// Does one job from its claim to its end: one task does the work, another reports to the bot.
package struct JobExecution: Sendable {
    /// Why the work stops before it is done.
    enum Stop: Sendable {
        /// The bot cancelled the job.
        case cancelled
        /// Another worker may own the job now, so this worker reports no end.
        case leaseLost
        case deadline
        /// The system told this process to end.
        case terminated
    }

    /// How long the process may still try to report the job's end after the system told it to end.
    private static let terminationGrace = Duration.seconds(3)

    private let launch: Launch
    private let requestTries: Int?
    private let client: JobAPIClient
    private let clock: any Clock<Duration>

    /// `requestTries` is the largest number of tries of the claim while the bot cannot be reached; nil if there is no
    /// limit.
    ///
    /// A bot with a newer protocol than this worker's is not an error here, because it may still accept the worker.
    ///
    /// - Throws: ``BaseURLError`` if the launch has no usable bot URL; ``WorkerError/outdatedBot(_:oldest:)``.
    package init(
        _ launch: Launch,
        requestTries: Int? = nil,
        http: HTTPClient = HTTPClient(userAgent: "okai-worker"),
        clock: any Clock<Duration> = ContinuousClock(),
        oldestProtocol: Int = WorkerProtocol.supported.lowerBound
    ) throws {
        let version = WorkerProtocol.version(launch.protocolVersion)
        guard version >= oldestProtocol else {
            throw WorkerError.outdatedBot(version, oldest: oldestProtocol)
        }
        self.launch = launch
        self.requestTries = requestTries
        self.clock = clock
        client = JobAPIClient(bot: try BaseURL(launch.bot), job: launch.job, http: http)
    }

    /// Claims the job, does its work and reports its end; true if the bot accepted the end.
    ///
    /// `termination` is raised when the system tells the process to end.
    ///
    /// - Throws: ``BotAPIError`` if the bot refuses the claim, or cannot be reached in `requestTries` tries;
    ///   `CancellationError` if `termination` is raised before the claim, or if the task is cancelled.
    package func run(until termination: StopSignal) async throws -> Bool {
        let leaseToken = RandomToken.make()
        let assignment = try await termination.cancelling {
            try await RetryPolicy(maxAttempts: requestTries, clock: clock).run {
                try await client.claim(launchToken: launch.launchToken, leaseToken: leaseToken)
            }
        }
        let queue = EventQueue()
        let (stops, stop) = AsyncStream.makeStream(of: Stop.self)
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                guard await termination.wait() else { return nil }
                stop.yield(.terminated)
                // The process ends after the grace period even if the bot cannot be reached.
                try await clock.sleep(for: Self.terminationGrace)
                return false
            }
            group.addTask {
                await work(assignment, leaseToken: leaseToken, queue: queue, stops: stops)
                return nil
            }
            group.addTask {
                let reporter = EventReporter(
                    client: client,
                    leaseToken: leaseToken,
                    queue: queue,
                    clock: clock
                )
                return try await reporter.run(until: assignment.deadline) { stop.yield($0) }
            }
            for try await isReported in group {
                guard let isReported else { continue }
                group.cancelAll()
                return isReported
            }
            return false
        }
    }

    /// Does the work until it ends or is stopped.
    ///
    /// Adds the event that ends the job to the queue, unless the lease is lost.
    private func work(
        _ assignment: Assignment,
        leaseToken: String,
        queue: EventQueue,
        stops: AsyncStream<Stop>
    ) async {
        let end = await withTaskGroup(of: WorkerEvent?.self) { group in
            group.addTask { await perform(assignment, leaseToken: leaseToken, queue: queue) }
            group.addTask {
                for await stop in stops { return event(for: stop, in: queue.phase) }
                return nil
            }
            group.addTask { await waitForDeadline(assignment.deadline, queue) }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let end { queue.add(end) }
    }

    /// Does the work and returns the event that ends the job; nil if the work was cancelled.
    private func perform(
        _ assignment: Assignment,
        leaseToken: String,
        queue: EventQueue
    ) async -> WorkerEvent? {
        do {
            let folder = try WorkFolder(path: launch.workDirectory)
            defer { folder.remove() }
            let work = try AssignedWork(
                assignment,
                of: client,
                leaseToken: leaseToken,
                folder: folder,
                queue: queue,
                clock: clock
            )
            let outcome = try await work.run()
            return .completed(outcome: outcome)
        } catch is CancellationError {
            // The method `work` cancelled this task. It has the event that ends the job, or needs none.
            return nil
        } catch {
            return .failed(failure: FailureAdvice.failure(for: error, in: queue.phase))
        }
    }

    /// Waits for `deadline` and returns the failure; nil if the work ended earlier.
    private func waitForDeadline(_ deadline: Date, _ queue: EventQueue) async -> WorkerEvent? {
        do {
            try await clock.sleep(for: .seconds(max(0, deadline.timeIntervalSinceNow)))
            return event(for: .deadline, in: queue.phase)
        } catch {
            return nil
        }
    }

    private func event(for stop: Stop, in phase: Phase?) -> WorkerEvent? {
        switch stop {
        case .leaseLost: nil
        case .cancelled: .cancelled
        case .deadline:
            .failed(
                failure: Failure(
                    phase: phase,
                    reason: "the work was not done within its time limit",
                    advice: "Allow more time. Fewer trees, less depth or less data make a training faster.",
                    remedy: .moreTime
                )
            )
        case .terminated:
            .failed(
                failure: Failure(
                    phase: phase,
                    reason: "the worker's machine stopped the worker",
                    advice: "If the bot does not try again automatically, try again later.",
                    isTemporary: true
                )
            )
        }
    }
}
