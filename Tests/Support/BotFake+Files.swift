import Contract
import HTTPTypes
import Hummingbird
import NIOCore

extension BotFake.State {
    /// The chat's file for the job, and the worker's answer file for the chat.
    package struct Files: Sendable {
        package var content: [UInt8]?
        /// The code by which every request for the file is refused.
        package var refusal: String?
        /// The number of next responses that break in the middle of the file.
        package var cuts = 0
        /// While this is true, the bot sends no more than the first half of the file.
        package var isStuck = false
        package var requests = 0
        package var answer: [UInt8]?
    }
}

extension BotFake {
    func addFileRoutes(to job: RouterGroup<BasicRequestContext>) {
        job.get("file") { request, _ in
            guard self.isWorker(request) else { throw HTTPError(.unauthorized) }
            let (files, isCut) = self.change { state in
                defer { state.files.cuts = max(0, state.files.cuts - 1) }
                state.files.requests += 1
                return (state.files, state.files.cuts > 0)
            }
            if let code = files.refusal {
                return try Self.refuse(code)
            }
            let bytes = files.content ?? []
            return Response(
                status: .ok,
                body: .init(contentLength: bytes.count) { writer in
                    try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                    if isCut { throw BrokenFile() }
                    while self.state.files.isStuck {
                        try await ContinuousClock().sleep(for: .milliseconds(50))
                    }
                    try await writer.write(ByteBuffer(bytes: bytes.dropFirst(bytes.count / 2)))
                    try await writer.finish(nil)
                }
            )
        }
        job.put("answer") { request, _ in
            guard self.isWorker(request) else { throw HTTPError(.unauthorized) }
            let bytes = Array(buffer: try await request.body.collect(upTo: 60 << 20))
            self.change { $0.files.answer = bytes }
            return Response(status: .noContent)
        }
    }

    private func isWorker(_ request: Request) -> Bool {
        request.headers[.authorization] == state.leaseToken.map { "Bearer \($0)" }
    }

    private static func refuse(_ code: String) throws -> Response {
        let refusal = Refusal(code: code, message: "the file is refused")
        return Response(
            status: code == FileFault.gone.code ? .gone : .contentTooLarge,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: try Wire.encode(refusal)))
        )
    }
}

private struct BrokenFile: Error {}
