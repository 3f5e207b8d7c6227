import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

/// This build goes on with the jobs that the bot of commit 17ac147 left.
@Suite("The jobs of the database of commit 17ac147")
struct UpgradeTests {
    /// The run that was training when its bot was killed.
    private static let killed: RunID = 15

    @Test("after a short upgrade, a job whose worker is gone starts again and ends")
    func rescued() async throws {
        try await withOldFixture { fixture, running, killedAt in
            let now = killedAt + 30
            let old = try #require(try await fixture.store.read { try $0.run(Self.killed) }).job
            #expect(old.state == .running && old.leaseTokenHash != nil && old.spans.last?.phase == .training)
            for job in running { if let handle = job.handle { fixture.engine.kill(handle) } }
            try await fixture.runner.extendLeases(now: now)
            await fixture.runner.runOnce(now: now + 1)
            let launch = try #require(fixture.engine.launches.last { $0.job == old.id })
            let worker = Worker(launch: launch)
            _ = try await fixture.queue.claim(
                launch.job,
                launchToken: worker.launchToken,
                leaseToken: worker.leaseToken,
                now: now + 2
            )
            try await fixture.report([(1, .completed(outcome: .done))], by: worker, at: now + 3)
            let ended = try #require(try await fixture.store.read { try $0.run(Self.killed) }).job
            #expect((ended.state, ended.rescues) == (.completed, 1))
            #expect(ended.outcome == .done)
            #expect(try await fixture.store.read { try $0.endMessageCount(ofRun: Self.killed) } == 1)
        }
    }

    @Test("after a long upgrade, every running job ends, with one end message for its run")
    func overdue() async throws {
        try await withOldFixture { fixture, running, killedAt in
            let now = killedAt + 366 * 86_400
            #expect(running.count > 9)
            try await fixture.runner.extendLeases(now: now)
            await fixture.runner.runOnce(now: now + 1)
            for old in running {
                let id = old.id
                let job = try #require(try await fixture.store.read { try $0.job(id) })
                #expect(job.state == (old.cancelRequested ? .cancelled : .discarded), "job \(id)")
                #expect(job.failure?.remedy == .moreTime, "job \(id)")
                guard let run = job.runID else { continue }
                let ends = try await fixture.store.read { try $0.endMessageCount(ofRun: run) }
                #expect(ends == 1, "run \(run)")
            }
        }
    }

    @Test("a job of an unknown engine fails with the remedy of another engine")
    func unknownEngine() async throws {
        try await withOldFixture { fixture, _, killedAt in
            let jobs = try await fixture.store.read { try $0.openJobs() }.filter {
                $0.state != .running && $0.engine != fixture.engine.name
            }
            #expect(Set(jobs.map(\.engine)) == [.vm, .fluence, .enrolled])
            await fixture.runner.sweep(now: killedAt + 30)
            for old in jobs {
                let id = old.id
                let job = try #require(try await fixture.store.read { try $0.job(id) })
                #expect(job.state == .discarded && job.failure?.remedy == .otherEngine, "job \(id)")
            }
        }
    }

    @Test("ended jobs do not change")
    func ended() async throws {
        try await withOldFixture { fixture, _, killedAt in
            let before = try await Self.endedJobs(fixture)
            #expect(before.count > 50)
            try await fixture.runner.extendLeases(now: killedAt + 30)
            await fixture.runner.sweep(now: killedAt + 30)
            await fixture.runner.runOnce(now: killedAt + 31)
            let after = try await fixture.store.read { transaction in
                try before.map { try transaction.job($0.id) }
            }
            #expect(after == before)
        }
    }

    private static func endedJobs(_ fixture: RunnerFixture) async throws -> [Job] {
        try await fixture.store.read { transaction in
            try (1...999).compactMap { try transaction.job(JobID($0)) }.filter(\.state.isTerminal)
        }
    }

    /// Opens the database with an engine that can start every job.
    ///
    /// `body` gets its running jobs, and the latest end of their leases.
    private func withOldFixture(_ body: (RunnerFixture, [Job], Date) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try OldDatabase.write(to: path)
            let store = try SQLiteStore(path: path)
            let fixture = try RunnerFixture(store: store, engine: EngineFake(trainings: 999))
            let running = try await fixture.store.read { try $0.runningJobs() }
            let lease = try #require(running.filter { $0.engine == .local }.compactMap(\.leaseUntil).max())
            try await body(fixture, running, lease)
        }
    }
}
