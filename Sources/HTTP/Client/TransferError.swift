/// Why a transfer ended without a complete response.
package struct TransferError: Error, Equatable, CustomStringConvertible {
    /// What callers treat differently.
    package enum Kind: Equatable, Sendable {
        case resolve
        case connect
        case tls
        case timeout
        /// The connection broke or the peer spoke something else than HTTP.
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
    /// What happened, mostly in curl's own words; redacted.
    package let message: String
    /// False only when the request surely never left: repeating it then does nothing twice.
    package let requestMayHaveArrived: Bool

    package init(_ kind: Kind, _ message: String, requestMayHaveArrived: Bool) {
        self.kind = kind
        self.message = Redaction.redact(message)
        self.requestMayHaveArrived = requestMayHaveArrived
    }

    package var description: String { message }
}
