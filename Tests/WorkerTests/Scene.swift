import Contract
import Foundation
import HTTP
import Hummingbird
import Support
import Testing
import Walrus
import Worker

/// A bot with one job, a Walrus, and a worker that runs in this process.
struct Scene: Sendable {
    let bot: BotFake
    let shelf: BlobShelf
    let stop = StopSignal()

    init(_ work: Work) {
        bot = BotFake(assignment: .make(work))
        shelf = BlobShelf(for: bot)
    }

    /// A training of `dataset`, which is put on the shelf.
    static func train(_ dataset: [UInt8], _ parameters: TrainParameters = .init()) throws -> Scene {
        let id = try BlobShelf.id(of: dataset)
        let scene = Scene(.train(TrainArguments(dataset: id, parameters: parameters)))
        _ = try scene.shelf.put(dataset)
        return scene
    }

    /// Serves bot and Walrus while `body` runs with the bot's URL.
    func serve(_ body: @escaping @Sendable (BaseURL) async throws -> Void) async throws {
        let router = Router()
        bot.addRoutes(to: router)
        shelf.addRoutes(to: router)
        try await withLoopbackServer(router) { url in
            bot.change { state in
                state.assignment.walrus.aggregators = ["\(url)"]
                state.assignment.walrus.publisher = "\(url)"
            }
            try await body(url)
        }
    }

    /// Runs the worker, with `meanwhile` beside it, and returns how the run ended.
    ///
    /// However that was: the worker kept to the contract, and its folder is gone.
    @discardableResult
    func play(
        clock: any Clock<Duration> = HastyClock(),
        meanwhile: @escaping @Sendable (Scene) async -> Void = { _ in }
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

    /// Whether the bot heard of progress within the training.
    var isTraining: Bool {
        guard phases.last == .training, case .progress = events.last else { return false }
        return true
    }
}

extension ChainAccess {
    /// As a bot tells its workers of `network`.
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
