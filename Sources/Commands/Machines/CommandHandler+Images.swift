import Contract
import Jobs
import Store

extension CommandHandler {
    /// Enqueues the build of an image, if a build command is configured.
    func build() throws {
        guard let arguments = policy.build else { return try refuse(ImagesText.noCommand) }
        let work = Work.build(arguments)
        if let refusal = try refusal(of: work) { return try refuse(refusal) }
        _ = try transaction.enqueueRun(work, origin: origin, at: now)
    }

    /// Lists the latest images.
    func images() throws {
        let images = try transaction.images(limit: 10)
        try reply(ImagesText.list(images, role: access.role, policy: policy, now: now))
    }

    /// Revokes the image's enrolment token; returns the toast.
    func revoke(_ image: ImageID) throws -> String {
        try transaction.revokeEnrolment(ofImage: image) ? ImagesText.revoked : ImagesText.unknown
    }
}
