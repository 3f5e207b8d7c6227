import ArgumentParser
import Contract
import Foundation
import HTTP
import HTTPTypes

/// `okaibot notify`: posts a message to a topic.
struct Notify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Post a message to a topic.")

    @Argument(help: "The topic's secret URL, which /register shows.") var url: String
    @Argument var message: String

    func run() async throws {
        guard let slash = url.lastIndex(of: "/"), let root = try? BaseURL(String(url[..<slash])) else {
            throw ValidationError(
                "the URL must be the whole URL that /register shows, but is \"\(Redaction.redact(url))\""
            )
        }
        let request = root.request(
            .post,
            String(url[slash...]),
            headers: [.contentType: "application/json"]
        )
        let body = try Wire.encode(["message": message])
        let (response, answer) = try await HTTPClient().send(request, body: .bytes(body))
        let text = String(decoding: answer, as: UTF8.self)
        guard response.status == .ok else { throw NotifyError.refused(text) }
        print(text)
    }
}

/// Why the bot refused a post.
enum NotifyError: Error, Equatable, CustomStringConvertible {
    case refused(String)

    var description: String {
        switch self {
        case .refused(let answer):
            (try? Wire.decode(Refusal.self, from: Array(answer.utf8)).error.message) ?? answer
        }
    }
}
