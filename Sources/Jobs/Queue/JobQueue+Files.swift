package import Contract
import Store

extension JobQueue {
    /// The chat's file that the job needs; nil if it needs none.
    ///
    /// - Throws: ``JobError/unauthorized`` if the job is not running, or the lease token is not its worker's.
    package func file(of id: JobID, leaseToken: Secret) async throws -> ChatFile? {
        try await authorize(id, leaseToken: leaseToken)
        return try await store.read { try $0.job(id) }?.work.chatFile
    }
}
