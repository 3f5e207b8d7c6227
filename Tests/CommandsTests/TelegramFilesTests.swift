import Commands
import Contract
import Foundation
import HTTP
import Support
import Telegram
import Testing

@Suite("Files from Telegram", .timeLimit(.minutes(10)))
struct TelegramFilesTests {
    private static let bytes = [UInt8](repeating: 65, count: 300_000)

    /// Opens and reads a file that the fake holds; nil: it holds none.
    private func fetch(_ file: BotAPIFake.SentFile?, clock: InstantClock = InstantClock()) async throws
        -> [UInt8]
    {
        let fake = BotAPIFake()
        if let file { await fake.add(file, as: "f") }
        let (results, result) = AsyncStream.makeStream(of: Result<[UInt8], any Error>.self)
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            do {
                let files = TelegramFiles(api: api, clock: clock)
                let opened = try await files.open(ChatFile(id: "f", name: "x.csv"))
                var bytes: [UInt8] = []
                for try await chunk in opened.chunks { bytes += chunk }
                result.yield(.success(bytes))
            } catch {
                result.yield(.failure(error))
            }
        }
        #expect(await fake.violations == [])
        return try await #require(results.first { _ in true }).get()
    }

    @Test("a file is downloaded as it was sent")
    func whole() async throws {
        #expect(try await fetch(.init(bytes: Self.bytes)) == Self.bytes)
        #expect(try await fetch(.init(bytes: Self.bytes, fault: .unmeasured)) == Self.bytes)
    }

    @Test("a file that Telegram does not have is gone")
    func gone() async throws {
        await #expect(throws: FileFault.gone) { try await fetch(nil) }
        await #expect(throws: FileFault.gone) { try await fetch(.init(bytes: [1], fault: .unknown)) }
        await #expect(throws: FileFault.gone) { try await fetch(.init(bytes: [1], fault: .gone)) }
    }

    @Test("a file that is too large is refused, with or without its size in Telegram's answer")
    func tooLarge() async throws {
        let large = [UInt8](repeating: 65, count: ChatFile.telegramLimit + 1)
        let fault = FileFault.tooLarge(limit: ChatFile.telegramLimit)
        await #expect(throws: fault) { try await fetch(.init(bytes: large)) }
        await #expect(throws: fault) { try await fetch(.init(bytes: large, fault: .unmeasured)) }
    }

    @Test("a local Bot API server gives a path on this machine, and the limit holds for it too")
    func onDisk() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/document 7"
            try Data(Self.bytes).write(to: URL(filePath: path))
            #expect(try await fetch(.init(bytes: [], fault: .onDisk(path: path))) == Self.bytes)
            try Data(count: ChatFile.telegramLimit + 1).write(to: URL(filePath: path))
            await #expect(throws: FileFault.tooLarge(limit: ChatFile.telegramLimit)) {
                try await fetch(.init(bytes: [], fault: .onDisk(path: path)))
            }
            await #expect(throws: FileFault.gone) {
                try await fetch(.init(bytes: [], fault: .onDisk(path: folder)))
            }
        }
    }

    @Test("a download waits as long as Telegram asks, and a long wait is told")
    func busy() async throws {
        let clock = InstantClock()
        #expect(
            try await fetch(.init(bytes: Self.bytes, fault: .busy(seconds: 7)), clock: clock) == Self.bytes
        )
        #expect(clock.waits.map { ($0 / .seconds(1)).rounded() } == [7])
        let reason = "too many requests: Telegram asks the bot to wait 900 s"
        await #expect(throws: FileFault.unavailable(reason)) {
            try await fetch(.init(bytes: [1], fault: .busy(seconds: 900)), clock: clock)
        }
    }

    @Test("a download that breaks off fails with an error without the token")
    func cut() async throws {
        do {
            _ = try await fetch(.init(bytes: Self.bytes, fault: .cut(times: 1)))
            Issue.record("half a file was read as a whole one")
        } catch {
            #expect(!"\(error)".contains(BotAPIFake.token))
        }
    }

    @Test("a server that is away is another error than a missing file, and has no token in it")
    func away() async throws {
        let api = BotAPI(token: try BotToken(BotAPIFake.token), server: try .init("http://127.0.0.1:1"))
        do {
            _ = try await TelegramFiles(api: api).open(ChatFile(id: "f", name: "x.csv"))
            Issue.record("there is no server, but the file was opened")
        } catch let FileFault.unavailable(reason) {
            #expect(!reason.contains("AAFake"))
        }
    }
}
