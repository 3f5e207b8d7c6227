package import Contract
package import Foundation
import Store

extension JobQueue {
    /// How soon a machine must claim the job that it was given, in seconds.
    private static let startLease: TimeInterval = 120

    /// Launches the next training of the engine `enrolled`; returns nil if no training may start now.
    ///
    /// `token` is the enrolment token of the image that the machine booted.
    ///
    /// - Throws: ``JobError/unauthorized`` if the token is unknown, expired or revoked.
    package func enrol(token: Secret, now: Date = Date()) async throws -> Enrolment? {
        try await store.write { [terms] transaction in
            guard try transaction.image(enrolledBy: token.hash, now: now) != nil else {
                throw JobError.unauthorized
            }
            let waiting = try transaction.claimableJobs(of: .train, on: .enrolled, now: now, limit: 1)
            guard let job = waiting.first else { return nil }
            let launchToken = Secret.random()
            let event = JobEvent.launched(
                tokenHash: launchToken.hash,
                until: now.addingTimeInterval(Self.startLease),
                deadline: now.addingTimeInterval(terms.timeLimit(of: job) / .seconds(1))
            )
            let launched = try transaction.transition(job, by: event, at: now)
            return Enrolment(job: launched.id, launchToken: launchToken.text)
        }
    }
}
