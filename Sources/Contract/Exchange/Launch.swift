/// The message that starts a worker: the URL of the bot, the job, and the token that authorises one claim of the job.
///
/// The worker reads the message from standard input, because every user of a machine can read the arguments of
/// processes.
package struct Launch: Codable, Equatable, Sendable {
    /// The root URL of the bot's HTTP interface, such as `http://127.0.0.1:8888`.
    package var bot: String
    package var job: JobID
    package var launchToken: String
    /// The path of the worker's own folder, which it creates and removes; nil: a folder in the system's temporary folder.
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
