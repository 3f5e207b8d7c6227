import HTTPTypes

/// A request on its way to the loop's thread, with those who wait for its response.
struct Exchange: Sendable {
    let request: HTTPRequest
    let body: RequestBody
    let timeouts: TransferTimeouts
    let head: CheckedContinuation<HTTPResponse, any Error>
    let pipe: PipeReference
}

/// Holds the pipe weakly once the head has gone out: a reader that lets go of it ends the transfer.
struct PipeReference: Sendable {
    private(set) weak var pipe: BodyPipe?

    init(_ pipe: BodyPipe) {
        self.pipe = pipe
    }
}
