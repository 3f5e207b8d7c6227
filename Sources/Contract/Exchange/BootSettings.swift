/// The settings that a virtual machine reads when it boots.
///
/// They contain either a job and its launch token, or an enrolment token with which the machine asks for a job.
/// Settings with an enrolment token are stored in images.
package struct BootSettings: Codable, Equatable, Sendable {
    /// The root URL of the bot's HTTP interface.
    package var bot: String
    package var job: JobID?
    /// Authorises one claim of `job`.
    package var launchToken: String?
    /// Authorises any number of requests for a job, and nothing else.
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
