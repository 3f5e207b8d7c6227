import HTTPTypes

/// A request on its way to the loop, and the pipe that its response comes back through.
struct Exchange: Sendable {
    let request: HTTPRequest
    let body: RequestBody
    let timeouts: TransferTimeouts
    let connection: ConnectionChoice
    let userAgent: String
    let pipe = ResponsePipe()
}
