import HTTPTypes
import Hummingbird
import NIOCore

extension Router<BasicRequestContext> {
    /// Echoes a request, or answers with the requested status or number of zeros.
    static var echo: Router {
        let router = Router()
        router.on("/echo", method: .post) { request, _ in
            var fields = request.headers
            fields[.contentLength] = nil
            fields[.location] = request.uri.string
            fields[values: .setCookie] = ["a=1", "b=2"]
            return Response(status: .ok, headers: fields, body: .init(asyncSequence: request.body))
        }
        router.get("/status/:code") { _, context in
            let code = try context.parameters.require("code", as: Int.self)
            return Response(status: .init(code: code), headers: [.location: "/elsewhere"])
        }
        router.get("/zeros/:count") { _, context in
            Response(status: .ok, body: .zeros(try context.parameters.require("count", as: Int.self)))
        }
        return router
    }
}

extension ResponseBody {
    /// `count` zeros in chunks of 64 KiB; `onChunk` is called after each chunk was written.
    static func zeros(_ count: Int, onChunk: @escaping @Sendable (Int) -> Void = { _ in }) -> ResponseBody {
        ResponseBody(contentLength: count) { writer in
            var left = count
            while left > 0 {
                let size = min(left, 64 << 10)
                try await writer.write(ByteBuffer(repeating: 0, count: size))
                onChunk(size)
                left -= size
            }
            try await writer.finish(nil)
        }
    }
}
