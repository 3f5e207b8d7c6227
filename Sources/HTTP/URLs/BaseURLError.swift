/// A text is not a valid base URL.
///
/// No message shows the whole text, because it may contain a password.
package enum BaseURLError: Error, Equatable, CustomStringConvertible {
    case scheme
    case host(String)
    case port(String)
    case path(String)
    case userInfo
    case queryOrFragment

    package var description: String {
        switch self {
        case .scheme: "the URL must begin with http:// or https://"
        case .host(let host): "the URL needs a valid host (found: \"\(host)\")"
        case .port(let port): "the URL's port must be a number from 1 to 65535 (found: \"\(port)\")"
        case .path(let path): "the URL's path must be percent-encoded (found: \"\(Redaction.redact(path))\")"
        case .userInfo:
            "the URL must not contain a user name or password: remove the part between // and the host"
        case .queryOrFragment: "the URL must contain neither ? nor #: remove the query or fragment"
        }
    }
}
