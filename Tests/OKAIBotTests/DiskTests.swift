import Foundation
import Glibc
import HTTP
import HTTPTypes
import Support
import Testing

/// A disk is full for a while.
@Suite("A full disk", .serialized)
struct DiskTests {
    private static let prlimit = "/usr/bin/prlimit"

    @Test(
        "while the disk is full, posts are refused, commands wait, and nothing is lost",
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: prlimit),
            "\(prlimit) is missing (util-linux)"
        ),
        .timeLimit(.minutes(10))
    )
    func full() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let port = try freePort()
                // A write over the file size limit fails as on a full disk; the shell ignores its signal XFSZ.
                let bot = try RunningBot.start(folder, telegram, port: port, shell: "trap '' XFSZ")
                defer { bot.send(SIGKILL) }
                await fake.say("/register disk")
                let answer = try await fake.next("sendMessage", containing: "has an address")
                let secret = String(try #require(answer.text.firstMatch(of: /\/([A-Za-z0-9_\-]{43})</)).1)
                let api = try BaseURL("http://127.0.0.1:\(port)")
                // The disk becomes full after Telegram has the message and before the bot marks it as sent.
                await fake.holdAnswers(true)
                #expect(try await post("before", secret, api).status == .ok)
                _ = try await fake.next("sendMessage", containing: "before")
                try await limit(bot, to: "4096")
                await fake.holdAnswers(false)
                try await eventually("the outbox row cannot be written") {
                    bot.errorsSoFar.contains("outbox")
                }
                let refused = try await post("meanwhile", secret, api)
                #expect(refused.status == .serviceUnavailable)
                #expect(refused.headerFields[.retryAfter] == "5")
                await fake.say("/runs")
                let health = try await HTTPClient().send(api.request(.get, "/health"), body: .none).response
                #expect(health.status == .serviceUnavailable)

                try await limit(bot, to: "unlimited")
                _ = try await fake.next("sendMessage", containing: "no runs")
                #expect(try await post("after", secret, api).status == .ok)
                _ = try await fake.next("sendMessage", containing: "after")
                bot.send(SIGTERM)
                let end = await bot.ended()
                #expect(end.code == 0)
                #expect(await fake.calls.filter { $0.text.contains("meanwhile") } == [])
                #expect(await fake.calls.filter { $0.text.contains("before") }.count == 1)
                let database = folder.appending(path: "data/okai.sqlite").path()
                #expect(try SQLite.texts("PRAGMA integrity_check", from: database) == ["ok"])
            }
        }
    }

    private func post(_ text: String, _ secret: String, _ api: BaseURL) async throws -> HTTPResponse {
        try await HTTPClient().send(api.request(.post, "/\(secret)"), body: .bytes(Array(text.utf8)))
            .response
    }

    /// Limits the size of files that the bot writes.
    private func limit(_ bot: BotProcess, to bytes: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.prlimit)
        process.arguments = ["--pid", "\(bot.pid)", "--fsize=\(bytes):unlimited"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
