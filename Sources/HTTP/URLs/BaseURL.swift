package import HTTPTypes

/// Where a service lives: scheme, host, optional port and optional path prefix.
///
/// User info, queries and fragments are refused, so its text holds no secret but one in the path.
package struct BaseURL: Hashable, Sendable {
    package let scheme: String
    /// Host and port, as in the `Host` header.
    package let authority: String
    /// Empty, or begins with a slash and doesn't end with one.
    package private(set) var prefix: String

    /// Reads a text such as `https://example.org:8080/api`, and drops a trailing slash.
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

    /// A request below this URL.
    ///
    /// `path` follows the prefix as it is; names and values of `query` are percent-encoded.
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

    /// What lives at `prefix` on the same host and port.
    package func sibling(_ prefix: String) -> BaseURL {
        var sibling = self
        sibling.prefix = prefix
        return sibling
    }

    /// Whether the host is this machine, by its name or address.
    package var isLoopback: Bool { authority.isLoopbackAuthority }
}

extension BaseURL: CustomStringConvertible {
    package var description: String { "\(scheme)://\(authority)\(prefix)" }
}

extension BaseURL: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(container.decode(String.self))
        } catch let error as BaseURLError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension BaseURL {
    /// Host and port with its colon, of which the port may be empty.
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
    /// Whether a host with or without a port, in lower case, is this machine.
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
    /// The text before the first `character`, and the rest with it.
    fileprivate func split(before character: Character) -> (SubSequence, SubSequence) {
        let index = firstIndex(of: character) ?? endIndex
        return (self[..<index], self[index...])
    }

    /// All but the unreserved characters of RFC 3986 as `%XX`.
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

    /// What RFC 3986 allows in a path, escapes included.
    fileprivate var isPathByte: Bool { isUnreserved || "/%!$&'()*+,;=:@".utf8.contains(self) }
}
