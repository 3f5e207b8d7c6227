package import struct Foundation.Date

/// What starts a worker: where its bot is, which job is its own, and the token that lets it claim that job once.
///
/// It travels on standard input, never in arguments, because everyone on a machine can read arguments.
package struct Launch: Codable, Equatable, Sendable {
    /// The root of the bot's HTTP interface, such as `http://127.0.0.1:8888`.
    package var bot: String
    package var job: JobID
    package var launchToken: String
    /// A folder of the worker's own, which it makes and removes; nil: one below the system's temporary folder.
    package var workDirectory: String?
    /// See ``WorkerProtocol``; nil: version 1.
    package private(set) var protocolVersion: Int?

    package init(bot: String, job: JobID, launchToken: String, workDirectory: String? = nil) {
        self.bot = bot
        self.job = job
        self.launchToken = launchToken
        self.workDirectory = workDirectory
        protocolVersion = WorkerProtocol.current
    }
}

/// `POST /v1/jobs/<id>/claim`, authorised by the launch token: the worker names the lease token that it made.
package struct ClaimRequest: Codable, Equatable, Sendable {
    /// 32 random bytes, URL-safe base64.
    ///
    /// The same pair of tokens is answered the same again.
    package var leaseToken: String
    /// See ``WorkerProtocol``; nil: version 1.
    package var protocolVersion: Int?

    package init(leaseToken: String, protocolVersion: Int? = WorkerProtocol.current) {
        self.leaseToken = leaseToken
        self.protocolVersion = protocolVersion
    }
}

/// The answer to a claim: all that a worker needs to know, and no long-lived secret.
package struct Assignment: Codable, Equatable, Sendable {
    package var job: JobID
    package var work: Work
    package var walrus: WalrusAccess
    package var leaseSeconds: Int
    /// When the worker must have ended, in seconds since 1970 on the wire.
    package var deadline: Date

    package init(job: JobID, work: Work, walrus: WalrusAccess, leaseSeconds: Int, deadline: Date) {
        self.job = job
        self.work = work
        self.walrus = walrus
        self.leaseSeconds = leaseSeconds
        self.deadline = deadline
    }
}

/// Where a worker reads and writes blobs.
package struct WalrusAccess: Codable, Equatable, Sendable {
    /// What a request to aggregator and publisher must carry.
    package enum Authorization: String, Codable, Sendable {
        case none
        /// The worker's lease token as bearer: this is the Walrus inside the bot, at the address where the worker finds
        /// the bot, whichever that is; no other address stands here then.
        case lease
        /// Reads need none; every put needs a token of its own, which the bot makes when it is asked.
        case publisherToken
    }

    /// Tried in order.
    package var aggregators: [String]
    package var publisher: String
    /// For how many epochs blobs are stored.
    package var epochs: Int
    package var authorization: Authorization
    /// Where blobs are looked up on a chain; nil: nowhere.
    package var chain: ChainAccess?

    package init(
        aggregators: [String],
        publisher: String,
        epochs: Int,
        authorization: Authorization,
        chain: ChainAccess? = nil
    ) {
        self.aggregators = aggregators
        self.publisher = publisher
        self.epochs = epochs
        self.authorization = authorization
        self.chain = chain
    }
}

/// The chain that Walrus lives on.
package struct ChainAccess: Codable, Equatable, Sendable {
    /// As people call it: `testnet`.
    package var name: String
    package var graphQL: String
    package var systemObject: String
    package var package: String?
    package var epochSeconds: Int

    package init(name: String, graphQL: String, systemObject: String, package: String?, epochSeconds: Int) {
        self.name = name
        self.graphQL = graphQL
        self.systemObject = systemObject
        self.package = package
        self.epochSeconds = epochSeconds
    }
}
