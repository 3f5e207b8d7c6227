package import Contract
import Foundation
package import HTTP
import Walrus

/// One job from claim to end: the work on one side, its reports to the bot on the other.
package struct JobExecution: Sendable {
    /// Why work stops before it is done.
    enum Stop: Sendable {
        /// The bot's answer said so.
        case cancelled
        /// The job belongs to somebody else now: nothing more is to be said.
        case leaseGone
        case deadline
        /// This machine wants the process to end.
        case terminated
    }

    /// How long a process that is asked to end may take to say so.
    private static let farewell = Duration.seconds(3)

    private let launch: Launch
    private let claimTries: Int?
    private let client: BotClient
    private let http: HTTPClient
    private let clock: any Clock<Duration>

    /// With `claimTries`, a bot that cannot be reached is given up after so many.
    ///
    /// - Throws: ``BaseURLError`` when the launch names no usable bot.
    package init(
        _ launch: Launch,
        claimTries: Int? = nil,
        http: HTTPClient = HTTPClient(userAgent: "okai-worker"),
        clock: any Clock<Duration> = ContinuousClock()
    ) throws {
        self.launch = launch
        self.claimTries = claimTries
        self.http = http
        self.clock = clock
        client = BotClient(bot: try BaseURL(launch.bot), job: launch.job, http: http)
    }

    /// Claims the job, does it, and reports its end; true once the bot has heard of the end.
    ///
    /// `termination` is raised when the process is asked to end.
    ///
    /// - Throws: ``BotError`` when the job is not this worker's; `CancellationError` when the process is to end before it
    ///   has one.
    package func run(until termination: StopSignal) async throws -> Bool {
        let leaseToken = Self.makeToken()
        let assignment = try await termination.cancels {
            try await RetryPolicy(maxAttempts: claimTries, clock: clock).run {
                try await client.claim(launchToken: launch.launchToken, leaseToken: leaseToken)
            }
        }
        let queue = EventQueue()
        let (stops, stop) = AsyncStream.makeStream(of: Stop.self)
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask {
                guard await termination.raised() else { return nil }
                stop.yield(.terminated)
                // Who asked for the end does not wait for a bot that is away.
                try await clock.sleep(for: Self.farewell)
                return false
            }
            group.addTask {
                await work(assignment, leaseToken: leaseToken, queue: queue, stops: stops)
                return nil
            }
            group.addTask {
                let reporter = Reporter(client: client, leaseToken: leaseToken, queue: queue, clock: clock)
                return try await reporter.run(until: assignment.deadline) { stop.yield($0) }
            }
            for try await end in group {
                guard let end else { continue }
                group.cancelAll()
                return end
            }
            return false
        }
    }

    /// Does the work until it ends or is stopped, and puts its end into the queue.
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
            group.addTask { await deadline(assignment.deadline, queue) }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let end { queue.add(end) }
    }

    private func perform(_ assignment: Assignment, leaseToken: String, queue: EventQueue) async
        -> WorkerEvent?
    {
        do {
            let folder = try WorkFolder(path: launch.workDirectory)
            defer { folder.remove() }
            let walrus = try WalrusGate(
                assignment.walrus,
                bot: client,
                leaseToken: leaseToken,
                http: http,
                clock: clock
            )
            let files = BotFiles(client: client, leaseToken: leaseToken, clock: clock)
            let outcome =
                switch assignment.work {
                case .train(let arguments):
                    try await TrainWork(arguments: arguments, walrus: walrus, folder: folder, queue: queue)
                        .run()
                case .predict(let arguments):
                    try await PredictWork(
                        arguments: arguments,
                        files: files,
                        walrus: walrus,
                        folder: folder
                    ).run()
                case .fetch(let arguments):
                    try await FetchWork(
                        arguments: arguments,
                        files: files,
                        walrus: walrus,
                        folder: folder
                    ).run()
                case .store(let arguments):
                    try await StoreWork(
                        arguments: arguments,
                        files: files,
                        walrus: walrus,
                        folder: folder,
                        queue: queue
                    ).run()
                case .look(let arguments):
                    try await LookWork(
                        arguments: arguments,
                        walrus: walrus,
                        chain: try assignment.walrus.chain.map { try ChainCheck($0, http: http) },
                        folder: folder,
                        clock: clock
                    ).run()
                case .verify(let arguments):
                    try await VerifyWork(
                        arguments: arguments,
                        walrus: walrus,
                        chain: try assignment.walrus.chain.map { try ChainCheck($0, http: http) },
                        folder: folder,
                        queue: queue
                    ).run()
                case .build(let arguments):
                    try await BuildWork(arguments: arguments, folder: folder, queue: queue).run()
                }
            return .completed(outcome: outcome)
        } catch is CancellationError {
            // Whoever cancelled says why.
            return nil
        } catch {
            return .failed(failure: FailureAdvice.failure(for: error, in: queue.phase))
        }
    }

    private func deadline(_ date: Date, _ queue: EventQueue) async -> WorkerEvent? {
        do {
            try await clock.sleep(for: .seconds(max(0, date.timeIntervalSinceNow)))
            return event(for: .deadline, in: queue.phase)
        } catch {
            // Cancelled, because the work ended in time.
            return nil
        }
    }

    private func event(for stop: Stop, in phase: Phase?) -> WorkerEvent? {
        switch stop {
        case .leaseGone: nil
        case .cancelled: .cancelled
        case .deadline:
            .failed(
                failure: Failure(
                    phase: phase,
                    reason: "it took longer than it may",
                    advice: "Give it more time, or try fewer trees, less depth or a smaller dataset.",
                    remedy: .moreTime
                )
            )
        case .terminated:
            .failed(
                failure: Failure(
                    phase: phase,
                    reason: "its machine told the worker to end",
                    advice: "It is tried again by itself.",
                    isTemporary: true
                )
            )
        }
    }

    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}
