/// Why a transfer ended without a complete response.
package struct TransferError: Error, Equatable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        /// The host's name has no address.
        case resolve
        /// Nobody listens there, or the way is barred.
        case connect
        /// No secure connection came about.
        case tls
        /// One of the transfer's time limits ran out.
        case timeout
        /// The connection broke in the middle.
        case broken
        /// The response is larger than the caller takes.
        case tooLarge
        /// The request cannot be made as it is, for instance because its file cannot be read.
        case unusable
    }

    package var kind: Kind
    /// curl's own words, without secrets.
    package var message: String
    /// False only when not one byte of the request left this machine.
    package var requestMayHaveArrived: Bool

    package init(kind: Kind, message: String, requestMayHaveArrived: Bool) {
        self.kind = kind
        self.message = Redaction.redact(message)
        self.requestMayHaveArrived = requestMayHaveArrived
    }

    package var description: String { message }
}
