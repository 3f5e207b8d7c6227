import Foundation
import Glibc
import Support
import Testing
import Walrus

@Suite("Progress of transfers in a terminal", .serialized, .timeLimit(.minutes(10)))
struct ProgressBarTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
    private static let clear = "\r\u{1B}[K"

    @Test(
        "a terminal shows one line with the progress, which is cleared at the end"
    )
    func bar() async throws {
        try await withWalrus { walrus in
            let id = try await shown(walrus, "walrus", "id", "iris.csv")
            #expect(id.lines.allSatisfy { $0.hasPrefix("computing the ID  ") && $0.contains(" %") })
            #expect(id.lines.last?.hasSuffix("█  100 %") == true)
            #expect(id.rest == "")
            let put = try await shown(walrus, "walrus", "put", "iris.csv")
            #expect(put.lines.first?.hasPrefix("computing the ID") == true)
            #expect(put.lines.last?.hasPrefix("putting  █") == true)
            #expect(put.lines.last?.contains("  3.9 KB of 3.9 KB") == true)
            #expect(put.rest.hasPrefix("stored, 3858 bytes"))
            let get = try await shown(walrus, "walrus", "get", Self.iris, "copy.csv")
            #expect(get.lines.first?.hasPrefix("getting  █") == true)
            #expect(get.lines.last?.hasPrefix("computing the ID") == true)
            #expect(get.rest == "")
        }
    }

    /// Runs the verb in a terminal; returns each progress line, and the text after the last.
    private func shown(_ walrus: WalrusFixture, _ arguments: String...) async throws -> (
        lines: [String], rest: String
    ) {
        let terminal = try PseudoTerminal(columns: 60)
        let process = try BotProcess(
            "okaibot",
            arguments,
            environment: walrus.environment,
            folder: walrus.folder,
            terminal: terminal.end
        )
        #expect(await process.ended().code == 0)
        let lines = try await terminal.text().split(separator: Self.clear, omittingEmptySubsequences: false)
            .map(String.init)
        #expect(lines.first == "")
        let (rest, shown) = (lines.last ?? "", lines.dropFirst().dropLast().filter { !$0.isEmpty })
        #expect(shown.allSatisfy { $0.count < 60 && !$0.contains("\n") })
        return (Array(shown), rest)
    }

    @Test("a put is interrupted by SIGINT and SIGTERM", arguments: [SIGINT, SIGTERM])
    func interrupted(_ signal: Int32) async throws {
        try await withTestFolder { folder in
            let file = folder.appending(path: "file")
            try Data("some bytes".utf8).write(to: file)
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            try await withRawServer { connection in
                _ = try await connection.readRequest()
                start.yield()
                _ = try await connection.readHead()
            } _: { server in
                let environment = ["WALRUS_AGGREGATOR_URL": "\(server)", "WALRUS_PUBLISHER_URL": "\(server)"]
                let arguments = ["walrus", "put", "file"]
                let put = try BotProcess("okaibot", arguments, environment: environment, folder: folder)
                _ = await started.first { _ in true }
                put.send(signal)
                let end = await put.ended()
                #expect((end.code, end.output, end.errors) == (1, "", "okaibot: interrupted\n"))
            }
        }
    }
}
