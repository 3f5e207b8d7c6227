/// The body of `POST /v1/jobs/<id>/publisher-token`, which a worker sends before it stores a blob.
///
/// A worker sends it only if the publisher requires tokens.
///
/// The lease token authorises the request.
package struct PublisherTokenRequest: Codable, Equatable, Sendable {
    /// The blob's size in bytes; the token is valid for this size only.
    package var size: Int

    package init(size: Int) {
        self.size = size
    }
}

/// The answer to a ``PublisherTokenRequest``: a token for one request to the publisher.
package struct PublisherTokenAnswer: Codable, Equatable, Sendable {
    package var token: String

    package init(token: String) {
        self.token = token
    }
}
