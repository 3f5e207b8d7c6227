/// Why a text is not a base URL.
///
/// The text itself is never shown whole: it may hold a password.
package enum BaseURLError: Error, Equatable, CustomStringConvertible {
    case scheme
    case host(String)
    case port(String)
    case path(String)
    case userInfo
    case queryOrFragment

    package var description: String {
        switch self {
        case .scheme: "a URL must begin with http:// or https://"
        case .host(let host): "no valid host in the URL (found: \"\(host)\")"
        case .port(let port): "a port must be a number from 1 to 65535 (found: \"\(port)\")"
        case .path(let path): "the URL's path needs percent-encoding (found: \"\(Redaction.redact(path))\")"
        case .userInfo: "a URL must not hold a user name or password"
        case .queryOrFragment: "a base URL must have neither ? nor #"
        }
    }
}
