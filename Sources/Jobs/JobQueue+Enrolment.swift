package import Contract
package import Foundation
import Store

extension JobQueue {
    /// How long a machine may take from hearing of its job to claiming it.
    private static let startLease: TimeInterval = 120

    /// Gives a machine that holds an image's token the oldest training that waits for such a machine; nil: none waits.
    ///
    /// - Throws: ``JobError/unauthorized`` for a token that is unknown, too old or revoked.
    package func enrol(token: Secret, now: Date = Date()) async throws -> Enrolment? {
        try await store.write { [terms] transaction in
            guard try transaction.image(enrolledBy: token.hash, now: now) != nil else {
                throw JobError.unauthorized
            }
            let waiting = try transaction.claimableJobs(
                of: .train,
                on: EnrolledEngine().name,
                now: now,
                limit: 1
            )
            guard let job = waiting.first else { return nil }
            let launchToken = Secret.random()
            let event = JobEvent.launched(
                tokenHash: launchToken.hash,
                until: now.addingTimeInterval(Self.startLease),
                deadline: now.addingTimeInterval(terms.deadline / .seconds(1))
            )
            let launched = try transaction.move(job, by: event, at: now)
            return Enrolment(job: launched.id ?? 0, launchToken: launchToken.text)
        }
    }
}
