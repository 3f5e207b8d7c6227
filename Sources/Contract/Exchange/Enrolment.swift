/// The answer to `POST /v1/claim` if a job waits: the worker may claim this job.
///
/// An enrolment token authorises the request.
package struct Enrolment: Codable, Equatable, Sendable {
    package var job: JobID
    package var launchToken: String

    package init(job: JobID, launchToken: String) {
        self.job = job
        self.launchToken = launchToken
    }
}
