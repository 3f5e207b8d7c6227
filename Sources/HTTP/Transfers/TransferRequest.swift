import HTTPTypes

/// A request that waits for the transfer loop or runs in it, and the pipe that carries its response.
struct TransferRequest: Sendable {
    let request: HTTPRequest
    let body: RequestBody
    let timeouts: TransferTimeouts
    let connection: ConnectionChoice
    let userAgent: String
    let pipe = ResponsePipe()
}
