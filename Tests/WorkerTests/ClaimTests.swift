import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("Claiming a job", .timeLimit(.minutes(10)))
    struct ClaimTests {
        /// Runs a worker for the job of `bot`; true if the bot accepted the job's end.
        private func run(
            _ bot: BotFake,
            launchToken: String = "launch-token",
            until stop: StopSignal = StopSignal()
        ) async throws -> Bool {
            let router = Router()
            bot.addRoutes(to: router)
            router.get("v1/blobs/:id") { _, _ in
                // Never answers; the handler is cancelled when the server stops.
                _ = await StopSignal().wait()
                return HTTPResponse.Status.gone
            }
            let (results, result) = AsyncStream.makeStream(of: Bool.self)
            try await withLoopbackServer(router) { url in
                bot.change { $0.assignment.walrus.aggregators = ["\(url)"] }
                let launch = Launch(bot: "\(url)", job: bot.state.assignment.job, launchToken: launchToken)
                result.yield(try await JobExecution(launch, clock: FastClock()).run(until: stop))
            }
            return await results.first { _ in true } ?? false
        }

        private func overdue() -> BotFake {
            BotFake(
                assignment: .make(
                    .look(LookArguments(blob: .some)),
                    deadline: Date(timeIntervalSinceNow: -60)
                )
            )
        }

        @Test("a wrong launch token gets no job, and no event is sent")
        func wrongToken() async throws {
            let bot = overdue()
            await #expect(throws: (any Error).self) { try await run(bot, launchToken: "another") }
            #expect(bot.state.leaseToken == nil)
            #expect(bot.state.batches == 0)
        }

        @Test("a worker that cannot serve the bot's protocol any more says so, and claims nothing")
        func outdatedBot() {
            let launch = Launch(bot: "http://127.0.0.1:1", job: 1, launchToken: "launch-token")
            let needed = WorkerProtocol.current + 1
            let error = #expect(throws: (any Error).self) {
                try JobExecution(launch, clock: FastClock(), oldestProtocol: needed)
            }
            let words =
                "speaks protocol \(WorkerProtocol.current), and this worker needs \(needed) or later: update the bot"
            #expect(error.map { "\($0)".hasSuffix(words) } == true)
        }

        @Test("the worker ends if another worker has claimed the job")
        func taken() async throws {
            let bot = overdue()
            bot.change { $0.leaseToken = "another's" }
            await #expect(throws: (any Error).self) { try await run(bot) }
            #expect(bot.state.claims == 1)
            #expect(bot.state.batches == 0)
        }

        @Test("a claim whose answer is lost is repeated with the same pair of tokens")
        func lostAnswer() async throws {
            let bot = overdue()
            bot.change { $0.lostAnswers = 2 }
            #expect(try await run(bot))
            #expect(bot.state.claims == 3)
            #expect(bot.state.violations.isEmpty)
        }

        @Test("a job past its deadline fails with a sentence")
        func deadline() async throws {
            let bot = overdue()
            #expect(try await run(bot))
            guard case .failed(let failure) = bot.state.end else {
                Issue.record("the job ended with \(String(describing: bot.state.end))")
                return
            }
            #expect(failure.reason == "the work was not done within its time limit")
            #expect(!failure.isTemporary)
        }

        @Test("an unusable URL of the bot is refused", arguments: ["ftp://127.0.0.1", "nowhere"])
        func noBot(url: String) throws {
            #expect(throws: BaseURLError.self) {
                try JobExecution(Launch(bot: url, job: 1, launchToken: "x"))
            }
        }

        @Test("SIGTERM ends a worker that cannot reach the bot")
        func stopped() async throws {
            let bot = overdue()
            bot.change { $0.isAway = true }
            let stop = StopSignal()
            async let away: Void = {
                await bot.until { $0.refusedWhileAway >= 2 }
                stop.raise()
            }()
            await #expect(throws: CancellationError.self) { try await run(bot, until: stop) }
            await away
            #expect(bot.state.leaseToken == nil)
        }
    }
}
