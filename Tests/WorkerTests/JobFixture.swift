import Contract
import Foundation
import HTTP
import Hummingbird
import Support
import Testing
import Walrus
import Worker

/// A fake bot with one job, a fake Walrus, and a worker that runs in the test's process.
struct JobFixture: Sendable {
    let bot: BotFake
    let walrus: WalrusFake
    let stop = StopSignal()

    init(_ work: Work) {
        bot = BotFake(assignment: .make(work))
        walrus = WalrusFake(for: bot)
    }

    /// A train job on `dataset`, which Walrus has.
    static func train(_ dataset: [UInt8], _ parameters: TrainParameters = .init()) throws -> JobFixture {
        let id = try WalrusFake.id(of: dataset)
        let fixture = JobFixture(.train(TrainArguments(dataset: id, parameters: parameters)))
        _ = try fixture.walrus.put(dataset)
        return fixture
    }

    /// Serves bot and Walrus while `body` runs with the bot's URL.
    func serve(_ body: @escaping @Sendable (BaseURL) async throws -> Void) async throws {
        let router = Router()
        bot.addRoutes(to: router)
        walrus.addRoutes(to: router)
        try await withLoopbackServer(router) { url in
            bot.change { state in
                state.assignment.walrus.aggregators = ["\(url)"]
                state.assignment.walrus.publisher = "\(url)"
            }
            try await body(url)
        }
    }

    /// Runs the worker, with `meanwhile` at the same time; true if the bot accepted the job's end.
    ///
    /// Also checks that the worker kept to the contract and removed its folder.
    @discardableResult
    func runWorker(
        clock: any Clock<Duration> = FastClock(),
        meanwhile: @escaping @Sendable (JobFixture) async -> Void = { _ in }
    ) async throws -> Bool {
        let (results, result) = AsyncStream.makeStream(of: Bool.self)
        try await withTemporaryFolder { folder in
            try await serve { url in
                let launch = Launch(
                    bot: "\(url)",
                    job: bot.state.assignment.job,
                    launchToken: bot.state.launchToken,
                    workDirectory: "\(folder)/work"
                )
                async let side: Void = meanwhile(self)
                result.yield(try await JobExecution(launch, clock: clock).run(until: stop))
                await side
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
        #expect(bot.state.violations == [])
        return await results.first { _ in true } ?? false
    }
}

extension BotFake.State {
    var phases: [Phase] { events.compactMap { if case .phase(let name) = $0 { name } else { nil } } }

    var lines: [String] { events.compactMap { if case .log(let line) = $0 { line } else { nil } } }

    var outcome: Outcome? { if case .completed(let outcome) = end { outcome } else { nil } }

    var failure: Failure? { if case .failed(let failure) = end { failure } else { nil } }

    /// Whether the last event is progress in the training phase.
    var isTraining: Bool {
        guard phases.last == .training, case .progress = events.last else { return false }
        return true
    }
}

extension ChainAccess {
    /// The chain of an assignment whose bot uses `network`.
    init(_ network: SuiNetwork) {
        self.init(
            name: network.name,
            graphQL: network.graphQL.description,
            systemObject: network.systemObject,
            package: network.package,
            epochSeconds: 86_400
        )
    }
}
