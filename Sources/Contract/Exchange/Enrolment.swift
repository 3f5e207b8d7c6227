/// What a virtual machine is told at its start: which job is its own, or how to ask for one.
///
/// Also the form of an image's own settings, which name no job.
package struct BootSettings: Codable, Equatable, Sendable {
    /// The root of the bot's HTTP interface.
    package var bot: String
    package var job: JobID?
    /// Claims `job`, once.
    package var launchToken: String?
    /// Asks for a job, any number of times, and opens nothing else.
    package var enrolmentToken: String?

    package init(
        bot: String,
        job: JobID? = nil,
        launchToken: String? = nil,
        enrolmentToken: String? = nil
    ) {
        self.bot = bot
        self.job = job
        self.launchToken = launchToken
        self.enrolmentToken = enrolmentToken
    }
}

/// The answer to `POST /v1/claim`, authorised by an enrolment token, where a job waits: the worker's own from now on.
package struct Enrolment: Codable, Equatable, Sendable {
    package var job: JobID
    package var launchToken: String

    package init(job: JobID, launchToken: String) {
        self.job = job
        self.launchToken = launchToken
    }
}
