package import Contract
import HTTPTypes
import Hummingbird
package import Jobs

/// How files pass between a chat and a worker.
package struct FileDesk: Sendable {
    /// Opens a chat's file.
    ///
    /// - Throws: ``FileFault``.
    package typealias Opener = @Sendable (ChatFile) async throws -> OpenFile

    let open: Opener
    let answers: AnswerShelf

    package init(answers: AnswerShelf, open: @escaping Opener) {
        self.open = open
        self.answers = answers
    }
}

/// Where a worker gets the chat's file that its job needs, and leaves the file that the chat is to get.
///
/// The bot only passes the bytes on, so that the chat's secrets stay with it, and nothing is lost when it dies.
struct FileRoutes {
    let queue: JobQueue
    let desk: FileDesk

    func add(to router: Router<DoorContext>) {
        router.get("v1/jobs/:id/file", use: give)
        router.put("v1/jobs/:id/answer", use: take)
    }

    @Sendable private func give(_ request: Request, context: DoorContext) async throws -> Response {
        let file = try await queue.file(of: try job(in: context), leaseToken: try request.bearer())
        guard let file else { throw WebhookError.notFound }
        return try await answering {
            let opened = try await desk.open(file)
            let body = ResponseBody(contentLength: opened.size) { writer in
                for try await chunk in opened.chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: "application/octet-stream"], body: body)
        }
    }

    @Sendable private func take(_ request: Request, context: DoorContext) async throws -> Response {
        let job = try job(in: context)
        try await queue.authorize(job, leaseToken: try request.bearer())
        return try await answering {
            try await desk.answers.keep(request.chunks.map { Array(buffer: $0) }, forJob: job)
            return Response(status: .noContent)
        }
    }

    private func answering(_ answer: () async throws -> Response) async throws -> Response {
        do {
            return try await answer()
        } catch let fault as FileFault {
            return try .json(Refusal(code: fault.code, message: fault.description), status: fault.status)
        }
    }

    private func job(in context: DoorContext) throws -> Int64 {
        guard let id = context.parameters.get("id", as: Int64.self) else { throw WebhookError.unauthorized }
        return id
    }
}

extension FileFault {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .gone: .gone
        case .tooLarge: .contentTooLarge
        case .away: .serviceUnavailable
        }
    }
}
