package import HTTPTypes

/// The root of an HTTP interface: scheme, host, port and perhaps a path that all requests begin with.
package struct BaseURL: Hashable, Sendable {
    private let scheme: String
    private let authority: String
    /// Without a slash at its end.
    private let prefix: String

    /// Reads an absolute `http` or `https` URL without user, query or fragment; a slash at its end is dropped.
    ///
    /// - Throws: ``BaseURLError`` for anything else.
    package init(_ text: String) throws(BaseURLError) {
        guard
            let match = text.wholeMatch(
                of: /(?<scheme>[Hh][Tt][Tt][Pp][Ss]?):\/\/(?<authority>[^\/?#@\s]+)(?<path>\/[^?#\s]*)?/
            )
        else { throw .malformed(Redaction.redact(text)) }
        let port = match.authority.wholeMatch(of: /(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(:(?<port>\d+))?/)
        guard let port, port.port.map({ UInt16($0) != nil }) ?? true else {
            throw .malformed(Redaction.redact(text))
        }
        scheme = match.scheme.lowercased()
        authority = String(match.authority)
        let path = match.path ?? ""
        prefix = String(path.reversed().drop { $0 == "/" }.reversed())
    }

    /// A request to `path` below this root; `path` begins with a slash and is percent-encoded already.
    package func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        query: [(String, String)] = [],
        headers: HTTPFields = [:]
    ) -> HTTPRequest {
        let pairs = query.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }
        let suffix = pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
        return HTTPRequest(
            method: method,
            scheme: scheme,
            authority: authority,
            path: prefix + path + suffix,
            headerFields: headers
        )
    }

    /// Whether the host is this very machine.
    package var isLoopback: Bool {
        let host =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        return host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// `text` as one value of a query or one segment of a path.
    package static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain =
                byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
            guard !isPlain else { return String(character) }
            let hex = String(byte, radix: 16, uppercase: true)
            return hex.count == 1 ? "%0\(hex)" : "%\(hex)"
        }.joined()
    }
}

extension BaseURL: CustomStringConvertible {
    package var description: String { "\(scheme)://\(authority)\(prefix)" }
}

/// Why a text is not the root of an HTTP interface.
package enum BaseURLError: Error, Equatable, CustomStringConvertible {
    case malformed(String)

    package var description: String {
        switch self {
        case .malformed(let text):
            "\"\(text)\" is not a URL of the form http://host[:port][/path] or https://…"
        }
    }
}
