/// A transfer ended without a complete response.
package struct TransferError: Error, Equatable, CustomStringConvertible {
    /// The kinds of errors that callers handle differently.
    package enum Kind: Equatable, Sendable {
        case resolve
        case connect
        case tls
        case timeout
        /// The connection broke, or the peer did not answer with HTTP.
        case interrupted
        /// The client was shut down.
        case aborted
        /// The response is larger than the caller allowed.
        case tooLarge
        /// The file to upload could not be read.
        case file
        case other
    }

    package let kind: Kind
    /// The reason, usually libcurl's error text, without secrets.
    package let message: String
    /// False only if no byte of the request was sent.
    ///
    /// Then the request can be repeated safely.
    package let requestMayHaveArrived: Bool

    package init(_ kind: Kind, _ message: String, requestMayHaveArrived: Bool) {
        self.kind = kind
        self.message = Redaction.redact(message)
        self.requestMayHaveArrived = requestMayHaveArrived
    }

    package var description: String { message }
}
