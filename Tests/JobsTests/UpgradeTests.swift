import Contract
import Foundation
import Jobs
import Store
import Support
import Testing

/// The bot of this build goes on with the jobs that the bot of commit 17ac147 left.
@Suite("The jobs of the database of commit 17ac147")
struct UpgradeTests {
    /// The run that was training when its bot was killed.
    private static let killed: Int64 = 15

    @Test("after a short upgrade, a job whose worker is gone starts once more and ends")
    func rescued() async throws {
        try await withOldYard { yard, running, killedAt in
            let now = killedAt + 30
            let old = try #require(try await yard.store.read { try $0.run(Self.killed) }).job
            #expect(old.state == .running && old.leaseTokenHash != nil && old.spans.last?.phase == .training)
            for job in running { if let handle = job.handle { yard.engine.kill(handle) } }
            try await yard.runner.extendLeases(now: now)
            await yard.runner.turn(now: now + 1)
            let launch = try #require(yard.engine.launches.last { $0.job == old.id })
            let worker = Worker(launch: launch)
            _ = try await yard.queue.claim(
                launch.job,
                launchToken: worker.launchToken,
                leaseToken: worker.leaseToken,
                now: now + 2
            )
            try await yard.report([(1, .completed(outcome: .done))], by: worker, at: now + 3)
            let ended = try #require(try await yard.store.read { try $0.run(Self.killed) }).job
            #expect((ended.state, ended.rescues) == (.completed, 1))
            #expect(ended.outcome == .done)
            #expect(try await yard.store.read { try $0.endsTold(ofRun: Self.killed) } == 1)
        }
    }

    @Test("after a long upgrade, every running job ends, and its chat is told once")
    func overdue() async throws {
        try await withOldYard { yard, running, killedAt in
            let now = killedAt + 366 * 86_400
            #expect(running.count > 9)
            try await yard.runner.extendLeases(now: now)
            await yard.runner.turn(now: now + 1)
            for old in running {
                let id = try #require(old.id)
                let job = try #require(try await yard.store.read { try $0.job(id) })
                #expect(job.state == (old.cancelRequested ? .cancelled : .discarded), "job \(id)")
                #expect(job.failure?.remedy == .moreTime, "job \(id)")
                guard let run = job.runID else { continue }
                #expect(try await yard.store.read { try $0.endsTold(ofRun: run) } == 1, "run \(run)")
            }
        }
    }

    @Test("a job of an engine that this bot does not have fails, and says which engines there are")
    func homeless() async throws {
        try await withOldYard { yard, _, killedAt in
            let homeless = try await yard.store.read { try $0.openJobs() }.filter {
                $0.state != .running && $0.engine != yard.engine.name
            }
            #expect(Set(homeless.map(\.engine)) == ["vm", "fluence", "enrolled"])
            await yard.runner.patrol(now: killedAt + 30)
            for old in homeless {
                let id = try #require(old.id)
                let job = try #require(try await yard.store.read { try $0.job(id) })
                #expect(job.state == .discarded && job.failure?.remedy == .otherEngine, "job \(id)")
            }
        }
    }

    @Test("jobs that had ended stay as they were")
    func ended() async throws {
        try await withOldYard { yard, _, killedAt in
            let before = try await Self.endedJobs(yard)
            #expect(before.count > 50)
            try await yard.runner.extendLeases(now: killedAt + 30)
            await yard.runner.patrol(now: killedAt + 30)
            await yard.runner.turn(now: killedAt + 31)
            let after = try await yard.store.read { transaction in
                try before.compactMap(\.id).map { try transaction.job($0) }
            }
            #expect(after == before)
        }
    }

    private static func endedJobs(_ yard: Yard) async throws -> [Job] {
        try await yard.store.read { transaction in
            try (1...999).compactMap { try transaction.job($0) }.filter(\.state.isTerminal)
        }
    }

    /// Opens the database with an engine that starts as many workers as there are jobs; names its running jobs, and when
    /// the last of their leases was renewed.
    private func withOldYard(_ body: (Yard, [Job], Date) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/okai.sqlite"
            try OldDatabase.write(to: path)
            let yard = try Yard(store: try SQLiteStore(path: path), engine: EngineFake(trainings: 999))
            let running = try await yard.store.read { try $0.runningJobs() }
            let lease = try #require(running.filter { $0.engine == "local" }.compactMap(\.leaseUntil).max())
            try await body(yard, running, lease)
        }
    }
}
