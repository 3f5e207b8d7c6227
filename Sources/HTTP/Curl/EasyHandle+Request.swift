import CLibcurl
import HTTPTypes

extension EasyHandle {
    /// Sets the options that every transfer has.
    func configure() throws(TransferError) {
        try setCloseOnExec()
        try set(CURLOPT_NOSIGNAL, true)
        // Without this option, removing a cancelled transfer waits for its name look-up and blocks the transfer
        // thread.
        try set(CURLOPT_QUICK_EXIT, true)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, false)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        try set(CURLOPT_PATH_AS_IS, true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        // Over HTTP/2 a paused transfer buffers megabytes, and one broken connection ends all its streams.
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_BUFFERSIZE, 64 << 10)
        try set(CURLOPT_TCP_KEEPALIVE, true)
        try set(CURLOPT_TCP_KEEPIDLE, 30)
        try set(CURLOPT_TCP_KEEPINTVL, 15)
        try set(CURLOPT_MAXAGE_CONN, 60)  // a NAT has probably dropped connections that were idle for longer
    }

    func apply(_ transfer: TransferRequest) throws(TransferError) {
        let request = transfer.request
        try set(CURLOPT_URL, request.url)
        if request.isLoopback { try set(CURLOPT_PROXY, "") }
        try set(CURLOPT_USERAGENT, transfer.userAgent)
        try set(CURLOPT_FRESH_CONNECT, transfer.connection == .fresh)
        try setHeaders(["Expect:"] + request.headerFields.compactMap(\.line))
        try apply(transfer.timeouts)
    }

    private func apply(_ timeouts: TransferTimeouts) throws(TransferError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.wholeMilliseconds)
        if let total = timeouts.total { try set(CURLOPT_TIMEOUT_MS, total.wholeMilliseconds) }
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, timeouts.idle.wholeSeconds)
    }

    func setMethod(_ method: HTTPRequest.Method) throws(TransferError) {
        try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }

    /// Announces a body of `size` bytes, which libcurl reads through the read callback.
    func setBody(size: Int) throws(TransferError) {
        try set(CURLOPT_UPLOAD, true)
        try set(CURLOPT_INFILESIZE_LARGE, size: size)
    }

    /// Makes libcurl send a HEAD request and expect no response body.
    func omitResponseBody() throws(TransferError) {
        try set(CURLOPT_NOBODY, true)
    }
}

extension HTTPRequest {
    fileprivate var url: String { "\(scheme ?? "https")://\(authority ?? "")\(path ?? "/")" }

    fileprivate var isLoopback: Bool { authority?.isLoopbackAuthority ?? false }
}

extension HTTPField {
    /// The header line in libcurl's form, where `Name:` removes a header and `Name;` sends an empty one.
    ///
    /// Nil for `Content-Length`, which libcurl writes itself.
    fileprivate var line: String? {
        if name == .contentLength { return nil }
        return value.isEmpty ? "\(name.rawName);" : "\(name.rawName): \(value)"
    }
}
