import Contract
import Foundation
import Support
import Testing

extension WorkerSuites {
    @Suite("A worker process", .timeLimit(.minutes(10)))
    struct LaunchTests {
        /// Starts a worker for the job of `fixture` while its bot cannot be reached, so that the process waits.
        ///
        /// `inspect` examines the process; then the bot answers again, and `end` may act before the worker ends.
        private func launch(
            _ fixture: JobFixture,
            inspect: @escaping @Sendable (ProcessIdentity, _ leaked: String) throws -> Void = { _, _ in },
            end: @escaping @Sendable (JobFixture, ProcessIdentity) async -> Void = { _, _ in }
        ) async throws {
            try await withTemporaryFolder { folder in
                let leaked = "\(folder)/leaked"
                try Data().write(to: URL(filePath: leaked))
                fixture.bot.change { $0.isAway = true }
                try await fixture.serve { url in
                    let launch = Launch(
                        bot: "\(url)",
                        job: fixture.bot.state.assignment.job,
                        launchToken: fixture.bot.state.launchToken,
                        workDirectory: "\(folder)/work"
                    )
                    let result = try await Program("okai-worker").run(
                        ["launch"],
                        input: WorkerRequest.launch(launch, log: "\(folder)/log").encoded(),
                        leaking: leaked
                    )
                    try #require(result.status == 0, "\(result.errors)")
                    let worker = try Wire.decode(ProcessIdentity.self, from: result.output.utf8)
                    await fixture.bot.until { $0.refusedWhileAway > 0 }
                    #expect(isRunning(worker))
                    try inspect(worker, leaked)
                    fixture.bot.change { $0.isAway = false }
                    await end(fixture, worker)
                    #expect(await ProcessExit.wait(for: worker.pid))
                    #expect(!isRunning(worker))
                }
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/work"))
                let log = try String(contentsOfFile: "\(folder)/log", encoding: .utf8)
                #expect(!log.contains(fixture.bot.state.launchToken))
                #expect(!log.contains(try #require(fixture.bot.state.leaseToken)))
            }
            #expect(fixture.bot.state.violations == [])
        }

        @Test("a worker process outlives the process that started it, trains and ends")
        func iris() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            try await launch(fixture)
            guard case .trained(let result) = try #require(fixture.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(try #require(result.metrics.accuracy) > 0.85)
            #expect(fixture.walrus.state.stored == [result.model.id, result.receipt.id])
        }

        @Test("the process has its own session, and inherits neither descriptors nor secrets")
        func isolation() async throws {
            let fixture = JobFixture(.look(LookArguments(blob: .some)))
            try await launch(fixture) { worker, leaked in
                let folder = "/proc/\(worker.pid)"
                let stat = try String(contentsOfFile: "\(folder)/stat", encoding: .utf8)
                let fields = try #require(stat.split(separator: ")").last).split(separator: " ")
                #expect(fields[3] == "\(worker.pid)", "the session")
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")
                for name in names {
                    // A socket may be closed between the two calls.
                    let target = try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "\(folder)/fd/\(name)"
                    )
                    #expect(target != leaked)
                }
                let secrets = [fixture.bot.state.launchToken]
                for file in ["environ", "cmdline"] {
                    let text = String(
                        decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(file)")),
                        as: UTF8.self
                    )
                    #expect(!secrets.contains { text.contains($0) })
                }
            }
            #expect(fixture.bot.state.outcome == .missing(blob: .some))
        }

        @Test("a process that gets SIGTERM reports it and removes its folder")
        func terminated() async throws {
            let fixture = try JobFixture.train(Dataset.noise(), .endless)
            try await launch(
                fixture,
                end: { fixture, worker in
                    await fixture.bot.until(\.isTraining)
                    kill(worker.pid, SIGTERM)
                }
            )
            #expect(fixture.bot.state.failure?.isTemporary == true)
        }

        /// Whether the process exists and is not a zombie.
        private func isRunning(_ process: ProcessIdentity) -> Bool {
            guard let stat = try? String(contentsOfFile: "/proc/\(process.pid)/stat", encoding: .utf8) else {
                return false
            }
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 19 && fields[0] != "Z" && UInt64(fields[19]) == process.started
        }
    }
}
