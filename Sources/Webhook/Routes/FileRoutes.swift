import Contract
import HTTPTypes
import Hummingbird
import Jobs

/// The routes for files: a worker downloads the chat's file that its job needs, and uploads a file for the chat.
///
/// The bot forwards the bytes, so that the worker does not need the bot token.
struct FileRoutes {
    let queue: JobQueue
    let files: FileExchange

    func add(to router: Router<APIContext>) {
        router.get("v1/jobs/:id/file", use: download)
        router.put("v1/jobs/:id/answer", use: upload)
    }

    @Sendable private func download(_ request: Request, context: APIContext) async throws -> Response {
        let file = try await queue.file(of: try job(in: context), leaseToken: try request.bearer())
        guard let file else { throw WebhookError.notFound }
        return try await answering {
            let opened = try await files.open(file)
            let body = ResponseBody(contentLength: opened.size) { writer in
                for try await chunk in opened.chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: "application/octet-stream"], body: body)
        }
    }

    @Sendable private func upload(_ request: Request, context: APIContext) async throws -> Response {
        let job = try job(in: context)
        try await queue.authorize(job, leaseToken: try request.bearer())
        return try await answering {
            try await files.answers.store(request.chunks.map { Array(buffer: $0) }, forJob: job)
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

    private func job(in context: APIContext) throws -> JobID {
        guard let id = context.job else { throw WebhookError.unauthorized }
        return id
    }
}

extension FileFault {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .gone: .gone
        case .tooLarge: .contentTooLarge
        case .unavailable: .serviceUnavailable
        }
    }
}
