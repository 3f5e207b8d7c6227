import CLibcurl
import HTTPTypes

extension EasyHandle {
    /// Sets what every transfer of ours has in common.
    func configure() throws(TransferError) {
        try setCloseOnExec()
        try set(CURLOPT_NOSIGNAL, true)
        try set(CURLOPT_QUICK_EXIT, true)  // a cancelled name look-up must not hold up the loop
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, false)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        try set(CURLOPT_PATH_AS_IS, true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        // Over HTTP/2 a paused transfer would buffer megabytes, and streams share one connection's fate.
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_BUFFERSIZE, 64 << 10)
        try set(CURLOPT_TCP_KEEPALIVE, true)
        try set(CURLOPT_TCP_KEEPIDLE, 30)
        try set(CURLOPT_TCP_KEEPINTVL, 15)
        try set(CURLOPT_MAXAGE_CONN, 60)  // older idle connections are likely dead behind a NAT
    }

    func apply(_ exchange: Exchange) throws(TransferError) {
        let request = exchange.request
        try set(CURLOPT_URL, request.url)
        if request.isLoopback { try set(CURLOPT_PROXY, "") }
        try set(CURLOPT_USERAGENT, exchange.userAgent)
        try set(CURLOPT_FRESH_CONNECT, exchange.connection == .fresh)
        try setHeaders(["Expect:"] + request.headerFields.compactMap(\.line))
        try apply(exchange.timeouts)
    }

    private func apply(_ timeouts: TransferTimeouts) throws(TransferError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, timeouts.connect.wholeMilliseconds)
        if let total = timeouts.total { try set(CURLOPT_TIMEOUT_MS, total.wholeMilliseconds) }
        try set(CURLOPT_LOW_SPEED_LIMIT, 1)
        try set(CURLOPT_LOW_SPEED_TIME, timeouts.idle.wholeSeconds)
    }

    /// Sets the method, and for a body of `size` bytes that it will be asked for.
    func apply(_ method: HTTPRequest.Method, bodySize size: Int?) throws(TransferError) {
        if let size {
            try set(CURLOPT_UPLOAD, true)
            try set(CURLOPT_INFILESIZE_LARGE, size: size)
        } else if method == .head {
            return try set(CURLOPT_NOBODY, true)
        }
        try set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }
}

extension HTTPRequest {
    fileprivate var url: String { "\(scheme ?? "https")://\(authority ?? "")\(path ?? "/")" }

    fileprivate var isLoopback: Bool { authority?.isLoopbackAuthority ?? false }
}

extension HTTPField {
    /// As libcurl wants it, which takes `Name:` for "leave this header out" and `Name;` for an empty value.
    ///
    /// Nil for the length, which libcurl writes itself.
    fileprivate var line: String? {
        if name == .contentLength { return nil }
        return value.isEmpty ? "\(name.rawName);" : "\(name.rawName): \(value)"
    }
}
