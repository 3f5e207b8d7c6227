/// The body of an error response of the bot's HTTP interface: a code for programs and a sentence for people.
///
/// The routes for blobs have error responses in Walrus' format instead.
package struct Refusal: Codable, Equatable, Sendable {
    package struct Body: Codable, Equatable, Sendable {
        package var code: String
        package var message: String
    }

    package var error: Body

    package init(code: String, message: String) {
        self.error = Body(code: code, message: message)
    }
}
