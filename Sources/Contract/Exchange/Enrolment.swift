/// The answer to `POST /v1/claim`, which an enrolment token authorises, if a job waits: the worker may claim it.
package struct Enrolment: Codable, Equatable, Sendable {
    package var job: JobID
    package var launchToken: String

    package init(job: JobID, launchToken: String) {
        self.job = job
        self.launchToken = launchToken
    }
}
