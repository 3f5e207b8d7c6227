import Contract
import Foundation
import Support
import Testing

extension WorkerSuites {
    @Suite("A worker process", .timeLimit(.minutes(1)))
    struct LaunchTests {
        /// Launches a worker for the job of `scene` while its bot is away, so that the process can be looked at; then
        /// the bot comes back, and `end` sees to the rest.
        private func launch(
            _ scene: Scene,
            inspect: @escaping @Sendable (ProcessIdentity, _ leaked: String) throws -> Void = { _, _ in },
            end: @escaping @Sendable (Scene, ProcessIdentity) async -> Void = { _, _ in }
        ) async throws {
            try await withTemporaryFolder { folder in
                let leaked = "\(folder)/leaked"
                try Data().write(to: URL(filePath: leaked))
                scene.bot.change { $0.isAway = true }
                try await scene.serve { url in
                    let launch = Launch(
                        bot: "\(url)",
                        job: scene.bot.state.assignment.job,
                        launchToken: scene.bot.state.launchToken,
                        workDirectory: "\(folder)/work"
                    )
                    let result = try await Program("okai-worker").run(
                        ["launch"],
                        input: Wire.encode(LaunchRequest(launch: launch, log: "\(folder)/log")),
                        leaking: leaked
                    )
                    try #require(result.status == 0, "\(result.errors)")
                    let worker = try Wire.decode(ProcessIdentity.self, from: result.output.utf8)
                    await scene.bot.until { $0.refusedWhileAway > 0 }
                    #expect(isRunning(worker))
                    try inspect(worker, leaked)
                    scene.bot.change { $0.isAway = false }
                    await end(scene, worker)
                    #expect(await ProcessExit.wait(for: worker.pid))
                    #expect(!isRunning(worker))
                }
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/work"))
                let log = try String(contentsOfFile: "\(folder)/log", encoding: .utf8)
                #expect(!log.contains(scene.bot.state.launchToken))
                #expect(!log.contains(try #require(scene.bot.state.leaseToken)))
            }
            #expect(scene.bot.state.violations == [])
        }

        @Test("iris is trained by a process that outlives its launcher and ends by itself")
        func iris() async throws {
            let scene = try Scene.train(Dataset.iris())
            try await launch(scene)
            guard case .trained(let result) = try #require(scene.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(try #require(result.metrics.accuracy) > 0.85)
            #expect(scene.shelf.state.stored == [result.model.id, result.receipt.id])
        }

        @Test("the process has a session of its own, and neither descriptors nor secrets of its launcher")
        func isolation() async throws {
            let scene = Scene(.look(LookArguments(blob: .some)))
            try await launch(scene) { worker, leaked in
                let folder = "/proc/\(worker.pid)"
                let stat = try String(contentsOfFile: "\(folder)/stat", encoding: .utf8)
                let fields = try #require(stat.split(separator: ")").last).split(separator: " ")
                #expect(fields[3] == "\(worker.pid)", "the session")
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")
                for name in names {
                    // Sockets come and go meanwhile.
                    let target = try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "\(folder)/fd/\(name)"
                    )
                    #expect(target != leaked)
                }
                let secrets = [scene.bot.state.launchToken]
                for file in ["environ", "cmdline"] {
                    let text = String(
                        decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")),
                        as: UTF8.self
                    )
                    #expect(!secrets.contains { text.contains($0) })
                }
            }
            #expect(scene.bot.state.outcome == .missing(blob: .some))
        }

        @Test("a process that is told to end says so and removes its folder")
        func terminated() async throws {
            let scene = try Scene.train(Dataset.noise(), .endless)
            try await launch(
                scene,
                end: { scene, worker in
                    await scene.bot.until(\.isTraining)
                    kill(worker.pid, SIGTERM)
                }
            )
            #expect(scene.bot.state.failure?.isTemporary == true)
        }

        private struct LaunchRequest: Encodable {
            var launch: Launch
            var log: String
        }

        /// Whether this process is there, and more than remains that nobody has taken notice of.
        private func isRunning(_ process: ProcessIdentity) -> Bool {
            guard let stat = try? String(contentsOfFile: "/proc/\(process.pid)/stat", encoding: .utf8) else {
                return false
            }
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 19 && fields[0] != "Z" && UInt64(fields[19]) == process.started
        }
    }
}
