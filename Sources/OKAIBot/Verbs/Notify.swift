import ArgumentParser
import Contract
import Foundation
import HTTP
import HTTPTypes

/// `okaibot notify`: posts a message to a topic.
struct Notify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Post a message to a topic.",
        usage: """
            okaibot notify --address-file FILE MESSAGE
            OKAI_NOTIFY_URL=https://… okaibot notify MESSAGE
            okaibot notify URL MESSAGE
            """,
        discussion: """
            The address of a topic, which /register shows, is a secret. In the last form, every user of this machine can \
            read it in the list of processes.
            """
    )

    /// The variable with the address of the topic.
    private static let variable = "OKAI_NOTIFY_URL"

    @Option(help: "A file with the topic's address; - is standard input.")
    var addressFile: String?

    @Argument(help: "The message; before it, the topic's address if it is given nowhere else.")
    var words: [String]

    func run() async throws {
        let (address, message) = try addressAndMessage(ProcessInfo.processInfo.environment)
        guard let slash = address.lastIndex(of: "/"), let root = try? BaseURL(String(address[..<slash]))
        else {
            throw ValidationError(
                "the address must be the whole URL that /register shows, but is \"\(Redaction.redact(address))\""
            )
        }
        let request = root.request(
            .post,
            String(address[slash...]),
            headers: [.contentType: "application/json"]
        )
        let body = try Wire.encode(["message": message])
        let (response, answer) = try await HTTPClient().send(request, body: .bytes(body))
        let text = String(decoding: answer, as: UTF8.self)
        guard response.status == .ok else { throw NotifyError.refused(text) }
        StandardOutput.writeLine(text)
    }

    /// - Throws: `ValidationError` if there is no address or no message, or too many words.
    private func addressAndMessage(
        _ environment: [String: String]
    ) throws(ValidationError) -> (address: String, message: String) {
        if words.count == 2, addressFile == nil { return (words[0], words[1]) }
        guard words.count == 1 else {
            throw ValidationError("give one message, in quotes if it has more than one word")
        }
        if let addressFile { return (try address(inFile: addressFile), words[0]) }
        guard let address = environment[Self.variable], !address.isEmpty else {
            throw ValidationError(
                "the topic's address is missing: set \(Self.variable), or name a file by --address-file"
            )
        }
        return (address, words[0])
    }

    private func address(inFile path: String) throws(ValidationError) -> String {
        let file = SecretFile(name: "--address-file", path: path == "-" ? "/dev/stdin" : path)
        do {
            return try file.text()
        } catch {
            throw ValidationError("\(error)")
        }
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
