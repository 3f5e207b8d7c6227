import Foundation
import HTTP
import Hummingbird
import Support
import Synchronization
import Testing

@Suite("okaibot notify")
struct NotifyTests {
    @Test("the topic's address comes from a file, a variable or standard input", .timeLimit(.minutes(10)))
    func addresses() async throws {
        let bodies = Mutex<[String]>([])
        let router = Router()
        router.post("api/topic-of-mine") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1_000))
            bodies.withLock { $0.append(body) }
            return "done"
        }
        try await withLoopbackServer(router) { server in
            try await withTestFolder { folder in
                let address = "\(server)/api/topic-of-mine"
                try Data("\(address)\n".utf8).write(to: folder.appending(path: "address"))
                for (arguments, environment, input) in [
                    (["--address-file", "address", "one"], [:], ""),
                    (["two"], ["OKAI_NOTIFY_URL": address], ""),
                    (["--address-file", "-", "three"], [:], address),
                    ([address, "four"], ["OKAI_NOTIFY_URL": "http://127.0.0.1:1/x"], ""),
                ] as [([String], [String: String], String)] {
                    let end = try await BotProcess(
                        "okaibot",
                        ["notify"] + arguments,
                        environment: environment,
                        folder: folder,
                        input: input
                    ).ended()
                    #expect(end.code == 0)
                }
            }
        }
        let messages = bodies.withLock { $0 }
        #expect(messages == ["one", "two", "three", "four"].map { #"{"message":"\#($0)"}"# })
    }

    @Test(
        "without an address, or with too many words, the usage is wrong",
        arguments: [["hello"], ["--address-file", "/nowhere", "hello"], ["a", "b", "c"]]
    )
    func wrong(_ arguments: [String]) async throws {
        try await withTestFolder { folder in
            let end = try await BotProcess("okaibot", ["notify"] + arguments, folder: folder).ended()
            #expect(end.code == 2)
            #expect(end.errors.hasPrefix("okaibot: "))
        }
    }
}
