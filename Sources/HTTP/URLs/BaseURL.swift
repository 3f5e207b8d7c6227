package import HTTPTypes

/// The base URL of a service: scheme, host, optional port and optional path prefix.
///
/// User info, query and fragment are not allowed, so only the path can contain a secret.
package struct BaseURL: Hashable, Sendable {
    package let scheme: String
    /// Host and optional port, as in the `Host` header.
    package let authority: String
    /// The path: empty, or with a leading slash and without a trailing slash.
    package private(set) var prefix: String

    /// Parses a URL such as `https://example.org:8080/api`; trailing slashes are dropped.
    package init(_ text: String) throws(BaseURLError) {
        guard let separator = text.firstRange(of: "://") else { throw .scheme }
        scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw .scheme }
        let rest = text[separator.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else { throw .queryOrFragment }
        let (authority, path) = rest.split(before: "/")
        guard !authority.contains("@") else { throw .userInfo }
        let (host, port) = try Self.split(authority)
        self.authority = host.lowercased() + port
        guard path.utf8.allSatisfy(\.isPathByte) else { throw .path(String(path)) }
        prefix = String(path.trimmingSuffix { $0 == "/" })
    }

    /// Makes a request for `path` below this URL.
    ///
    /// `path` must be percent-encoded already; this method encodes the names and values of `query`.
    package func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(String, String)] = [],
        headers: HTTPFields = [:]
    ) -> HTTPRequest {
        let slash = path.isEmpty && !prefix.isEmpty || path.hasPrefix("/") ? "" : "/"
        let pairs = query.map { "\($0.percentEncoded)=\($1.percentEncoded)" }
        let question = pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
        return HTTPRequest(
            method: method,
            scheme: scheme,
            authority: authority,
            path: prefix + slash + path + question,
            headerFields: headers
        )
    }

    /// The URL with another path prefix on the same host and port.
    package func replacingPrefix(with prefix: String) -> BaseURL {
        var url = self
        url.prefix = prefix
        return url
    }

    /// Whether the host is `localhost`, `::1` or in 127.0.0.0/8.
    package var isLoopback: Bool { authority.isLoopbackAuthority }
}

extension BaseURL: CustomStringConvertible {
    package var description: String { "\(scheme)://\(authority)\(prefix)" }
}

extension BaseURL {
    /// Splits an authority into host and port.
    ///
    /// `port` begins with the colon; it is empty if the authority has no port.
    private static func split(_ authority: Substring) throws(BaseURLError) -> (host: Substring, port: String)
    {
        let isBracketed = authority.hasPrefix("[")
        let end =
            isBracketed
            ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        let host = authority[..<(end ?? authority.endIndex)]
        let port = authority[host.endIndex...]
        guard isBracketed ? host.isIPv6 : host.isName else { throw .host(String(host)) }
        if port.isEmpty { return (host, "") }
        guard port.first == ":", port.dropFirst().utf8.allSatisfy(\.isDigit),
            let number = Int(port.dropFirst()),
            1...65535 ~= number
        else { throw .port(String(port)) }
        return (host, ":\(number)")
    }
}

extension String {
    /// Whether this authority (a host in lower case, with or without a port) is a loopback address.
    var isLoopbackAuthority: Bool {
        let host = hasPrefix("[") ? split(before: "]").0 : split(before: ":").0
        if host == "localhost" || host == "[::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
    }
}

extension Substring {
    fileprivate var isName: Bool {
        !isEmpty && utf8.allSatisfy { $0.isUnreserved }
    }

    fileprivate var isIPv6: Bool {
        hasSuffix("]") && contains(":")
            && dropFirst().dropLast().allSatisfy { $0.isASCII && $0.isHexDigit || $0 == ":" || $0 == "." }
    }

    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var text = self
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}

extension StringProtocol {
    /// Splits before the first `character`, which begins the second part.
    fileprivate func split(before character: Character) -> (SubSequence, SubSequence) {
        let index = firstIndex(of: character) ?? endIndex
        return (self[..<index], self[index...])
    }

    /// The text in percent-encoding: every byte that RFC 3986 does not call unreserved becomes `%XX`.
    fileprivate var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = utf8.flatMap { byte in
            byte.isUnreserved ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// Whether this is one of `A-Z a-z 0-9 - . _ ~`.
    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: isDigit
        }
    }

    /// Whether this byte may be part of a percent-encoded path (RFC 3986).
    fileprivate var isPathByte: Bool { isUnreserved || "/%!$&'()*+,;=:@".utf8.contains(self) }
}
