package import Contract
import Store

extension JobQueue {
    /// The file from the chat that the job needs; nil if the job needs none.
    ///
    /// - Throws: ``JobError/unauthorized`` if the job is not running, or its worker has another lease token.
    package func file(of id: JobID, leaseToken: Secret) async throws -> ChatFile? {
        try await authorize(id, leaseToken: leaseToken)
        return try await store.read { try $0.job(id) }?.work.chatFile
    }
}
