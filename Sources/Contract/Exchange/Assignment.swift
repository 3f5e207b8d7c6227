package import struct Foundation.Date

/// The body of `POST /v1/jobs/<id>/claim`, which the launch token authorises.
package struct ClaimRequest: Codable, Equatable, Sendable {
    /// The token that the worker made for its later requests: 32 random bytes, URL-safe base64.
    ///
    /// A repeated claim with the same two tokens gets the same answer.
    package var leaseToken: String
    /// See ``WorkerProtocol``; nil: version 1.
    package var protocolVersion: Int?

    package init(leaseToken: String, protocolVersion: Int? = WorkerProtocol.current) {
        self.leaseToken = leaseToken
        self.protocolVersion = protocolVersion
    }
}

/// The answer to a claim: everything that the worker needs for the job, without any long-lived secret.
package struct Assignment: Codable, Equatable, Sendable {
    package var job: JobID
    package var work: Work
    package var walrus: WalrusAccess
    package var leaseSeconds: Int
    /// The time by which the worker must have ended; in JSON, seconds since 1970.
    package var deadline: Date
    /// The blobs of the work that were stored or read in the last day; nil from an older bot.
    package var sightings: [Sighting]?

    package init(
        job: JobID,
        work: Work,
        walrus: WalrusAccess,
        leaseSeconds: Int,
        deadline: Date,
        sightings: [Sighting]? = nil
    ) {
        self.job = job
        self.work = work
        self.walrus = walrus
        self.leaseSeconds = leaseSeconds
        self.deadline = deadline
        self.sightings = sightings
    }
}
