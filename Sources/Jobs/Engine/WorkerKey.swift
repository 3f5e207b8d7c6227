package import Contract
package import Store

/// Identifies one start of one job: an engine never starts two workers with the same key.
package struct WorkerKey: Hashable, Sendable, CustomStringConvertible {
    package let job: JobID
    package let attempt: Int
    package let rescues: Int

    package init(job: JobID, attempt: Int, rescues: Int) {
        (self.job, self.attempt, self.rescues) = (job, attempt, rescues)
    }

    package init(of job: Job) {
        self.init(job: job.id, attempt: job.attempt, rescues: job.rescues)
    }

    /// Parses a ``description``.
    package init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard numbers.count == 3, let job = numbers[0], let attempt = numbers[1], let rescues = numbers[2]
        else { return nil }
        self.init(job: JobID(job), attempt: Int(attempt), rescues: Int(rescues))
    }

    /// `7-1-0`: the first start of job 7.
    package var description: String { "\(job)-\(attempt)-\(rescues)" }
}
