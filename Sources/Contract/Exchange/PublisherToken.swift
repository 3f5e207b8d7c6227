/// `POST /v1/jobs/<id>/publisher-token`, authorised by the lease token: a worker is about to put one blob.
package struct PublisherTokenRequest: Codable, Equatable, Sendable {
    /// The blob's size in bytes: the token opens for no other.
    package var size: Int

    package init(size: Int) {
        self.size = size
    }
}

/// The answer: a token that opens the publisher once.
package struct PublisherTokenAnswer: Codable, Equatable, Sendable {
    package var token: String

    package init(token: String) {
        self.token = token
    }
}
