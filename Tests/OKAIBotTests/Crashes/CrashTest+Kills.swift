import Foundation
import Glibc
import Support

/// The kills of a crash test.
extension CrashTest {
    private enum Victim: CaseIterable {
        case bot, worker, both
    }

    /// Kills bot, workers or both three to six times, and starts a killed bot again.
    func killRandomly(_ bot: inout BotProcess) async throws -> CrashReport {
        var generator = SeededGenerator(seed: seed &+ 3)
        var report = CrashReport()
        for _ in 0..<Int.random(in: 3...6, using: &generator) {
            try await observeWorkers(for: Int.random(in: 20...3_000, using: &generator), &report)
            let victim = Victim.allCases.randomElement(using: &generator) ?? .bot
            if victim != .worker {
                bot.send(SIGKILL)
                let end = await bot.ended()
                if end.code != SIGKILL { report.violations.append("the bot ended by itself: \(end.errors)") }
                report.botKills += 1
            }
            if victim != .bot {
                for worker in workers.all() {
                    workers.kill(worker)
                    report.workerKills += 1
                }
            }
            if victim != .worker {
                try await observeWorkers(for: Int.random(in: 0...400, using: &generator), &report)
                bot = try startBot()
            }
        }
        return report
    }

    /// Waits, and meanwhile checks that no job has two workers.
    func observeWorkers(for milliseconds: Int, _ report: inout CrashReport) async throws {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        repeat {
            let jobs = workers.all().compactMap(\.job)
            report.observations += jobs.count
            let shared = Dictionary(grouping: jobs) { $0 }.filter { $0.value.count > 1 }.keys
            for job in shared where !report.violations.contains("job \(job) had two workers") {
                report.violations.append("job \(job) had two workers")
            }
            try await ContinuousClock().sleep(for: .milliseconds(20))
        } while ContinuousClock.now < end
    }
}
