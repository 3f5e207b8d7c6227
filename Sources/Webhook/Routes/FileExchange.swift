package import Contract
package import Jobs

/// Passes files between a chat and a worker.
package struct FileExchange: Sendable {
    /// Opens a chat's file.
    ///
    /// - Throws: ``FileFault``.
    package typealias Opener = @Sendable (ChatFile) async throws -> OpenFile

    let open: Opener
    let answers: AnswerFiles

    package init(answers: AnswerFiles, open: @escaping Opener) {
        self.open = open
        self.answers = answers
    }
}
