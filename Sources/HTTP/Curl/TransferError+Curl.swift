import CLibcurl

extension TransferError {
    /// Makes an error from a result code of libcurl.
    ///
    /// `text` is the content of the handle's error buffer. `hasSent` tells whether any byte of the request was sent,
    /// on any connection.
    init(_ code: CURLcode, text: String, hasSent: Bool) {
        let meaning = unsafe String(cString: curl_easy_strerror(code))
        self.init(
            Kind(code),
            text.isEmpty ? meaning : text,
            requestMayHaveArrived: hasSent || !code.canPrecedeRequest
        )
    }

    /// Makes the error for a transfer that could not be started.
    init(notStarted code: CURLcode) {
        self.init(code, text: "", hasSent: false)
    }
}

extension TransferError.Kind {
    fileprivate init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
            case CURLE_COULDNT_CONNECT, CURLE_PROXY: .connect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
                .tls
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
                CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_SEND_FAIL_REWIND:
                .interrupted
            case CURLE_ABORTED_BY_CALLBACK, CURLE_WRITE_ERROR: .aborted
            default: .other
            }
    }
}

extension CURLcode {
    /// Whether this error can occur before the request is sent.
    ///
    /// After any other error, the request may have arrived, even if no sent byte was counted.
    fileprivate var canPrecedeRequest: Bool {
        switch TransferError.Kind(self) {
        case .resolve, .connect, .tls, .timeout: true
        case .interrupted, .aborted, .tooLarge, .file: false
        case .other:
            self == CURLE_URL_MALFORMAT || self == CURLE_FAILED_INIT || self == CURLE_OUT_OF_MEMORY
                || self == CURLE_UNKNOWN_OPTION || self == CURLE_BAD_FUNCTION_ARGUMENT
        }
    }
}
