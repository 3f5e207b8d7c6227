import Contract
import Foundation
import HTTP
import HTTPTypes
import Support

/// The posts of a crash test.
extension CrashTest {
    /// The time for which posts are delayed, in seconds: the shortest that ntfy knows.
    private static let delay = 10

    /// Posts everything to the topics with these paths; returns the posts.
    func post(to addresses: [String]) async throws -> [CrashPost] {
        let paths = Dictionary(uniqueKeysWithValues: zip(CrashChat.topics.map(\.topic), addresses))
        async let few = post(Self.mixedPosts(seed), to: paths, pausing: 400, seed &+ 2)
        async let versions = post(Self.versions, to: paths, pausing: 1_500, seed &+ 5)
        async let many = postToCrowd(paths)
        return try await few + versions + many
    }

    /// Posts to a chat that is closed meanwhile.
    private func postToCrowd(_ paths: [String: String]) async throws -> [CrashPost] {
        var generator = SeededGenerator(seed: seed &+ 6)
        let place = BotAPIFake.Place(CrashChat.crowd.chat)
        await fake.close(
            place,
            with: CrashWeather.refusals.randomElement(using: &generator) ?? CrashWeather.wait
        )
        let posts = (1...24).map { CrashPost(chat: .crowd, text: "crowded \($0).") }
        let sent = try await post(posts, to: paths, pausing: 300, seed &+ 7)
        await fake.open(place)
        return sent
    }

    private static func mixedPosts(_ seed: UInt64) -> [CrashPost] {
        var generator = SeededGenerator(seed: seed &+ 8)
        return (1...26).map { number in
            let chats = CrashChat.plain + (number.isMultiple(of: 5) ? [CrashChat.forum] : [])
            let chat = chats[number % chats.count]
            switch number % 6 {
            case 3:
                let bytes = (0..<Int.random(in: 1...200_000, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                let headers = ["X-Message": "file \(number).", "X-Filename": "file-\(number).bin"]
                return CrashPost(chat: chat, text: "file \(number).", kind: .file(bytes), headers: headers)
            case 5:
                return CrashPost(
                    chat: chat,
                    text: "delayed \(number).",
                    kind: .delayed(until: .distantPast),
                    headers: ["X-Delay": "\(delay)s"]
                )
            default: return CrashPost(chat: chat, text: "post \(number).")
            }
        }
    }

    private static var versions: [CrashPost] {
        (1...6).map { number in
            let name = number.isMultiple(of: 2) ? "even" : "odd"
            return CrashPost(
                chat: .edited,
                text: "\(name) version \(number).",
                kind: .version,
                headers: ["X-Sequence-ID": name]
            )
        }
    }

    /// Repeats each post until it is accepted, as `curl --retry` does; returns the posts.
    private func post(
        _ posts: [CrashPost],
        to paths: [String: String],
        pausing longest: Int,
        _ seed: UInt64
    ) async throws -> [CrashPost] {
        var generator = SeededGenerator(seed: seed)
        var accepted: [CrashPost] = []
        for var post in posts {
            if case .delayed = post.kind {
                post.kind = .delayed(until: Date(timeIntervalSinceNow: Double(Self.delay)))
            }
            try await send(post, to: paths[post.chat.topic] ?? "")
            accepted.append(post)
            try await pause(upTo: longest, &generator)
        }
        return accepted
    }

    private func send(_ post: CrashPost, to path: String) async throws {
        var headers = HTTPFields()
        for (name, value) in post.headers.merging(["Idempotency-Key": post.text], uniquingKeysWith: { $1 }) {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        var (method, body) = (HTTPRequest.Method.post, Array(post.text.utf8))
        if case .file(let bytes) = post.kind { (method, body) = (.put, bytes) }
        let http = HTTPClient()
        let request = try BaseURL("http://127.0.0.1:\(port)").request(method, path, headers: headers)
        try await eventually("\(post.text) is accepted") {
            do {
                return try await http.send(request, body: .bytes(body)).response.status == .ok
            } catch is TransferError {
                return false  // the bot was killed
            }
        }
    }
}
