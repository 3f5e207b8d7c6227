import Contract
package import Foundation
import Logging
import Store

/// The runner's sweep, once a minute.
extension JobRunner {
    /// Ends jobs that can never be launched, stops orphans, and removes what workers of ended jobs have left behind.
    package func sweep(now: Date = Date()) async {
        await logging("the job runner's sweep failed") {
            try await discardUnreadable(now: now)
            try await failJobsWithoutEngine(now: now)
            for engine in engines {
                await logging("an engine's workers cannot be listed") {
                    try await stopOrphans(of: engine, now: now)
                }
            }
            let running = try await queue.store.read { try $0.runningJobs() }.map(\.id)
            for engine in engines { await engine.sweep(keeping: Set(running)) }
        }
    }

    /// Discards jobs whose rows cannot be decoded, because they would wait for ever, and notifies their chats.
    private func discardUnreadable(now: Date) async throws {
        guard try await !queue.store.read({ try $0.unreadableJobs() }).isEmpty else { return }
        let discarded = try await queue.store.write { transaction in
            let jobs = try transaction.unreadableJobs()
            for job in jobs { try transaction.discardAndNotify(job, at: now) }
            return jobs
        }
        for job in discarded {
            logger.error("a job's row cannot be decoded", metadata: ["job.id": "\(job.id)"])
        }
    }

    /// Fails the waiting jobs of engines that this bot no longer has.
    private func failJobsWithoutEngine(now: Date) async throws {
        let names = engines.map(\.name)
        let stranded = try await queue.store.read { try $0.openJobs() }.filter { job in
            job.state != .running && !names.contains(job.engine)
        }
        guard !stranded.isEmpty else { return }
        let list = names.map(\.rawValue).sorted().joined(separator: ", ")
        try await queue.store.write { transaction in
            for job in stranded {
                let failure = Failure(
                    phase: nil,
                    reason: "this bot has no engine called \"\(job.engine)\"",
                    advice: "Start the run again with engine=NAME. The engines are: \(list).",
                    remedy: .otherEngine
                )
                try transaction.transition(job, by: .failed(failure, retryAfter: .zero), at: now)
            }
        }
    }
}
