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

    /// Opens and reads a file of the fake's.
    private func fetch(_ file: BotAPIFake.SentFile?) async throws -> [UInt8] {
        let fake = BotAPIFake()
        if let file { await fake.add(file, as: "f") }
        let (results, result) = AsyncStream.makeStream(of: Result<[UInt8], any Error>.self)
        try await withLoopbackServer(fake.router) { server in
            let api = BotAPI(token: try BotToken(BotAPIFake.token), server: server)
            do {
                let opened = try await TelegramFiles(api: api).open(ChatFile(id: "f", name: "x.csv"))
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

    @Test("a file comes as it was sent")
    func whole() async throws {
        #expect(try await fetch(.init(bytes: Self.bytes)) == Self.bytes)
        #expect(try await fetch(.init(bytes: Self.bytes, fault: .unmeasured)) == Self.bytes)
    }

    @Test("one that Telegram does not know, or has no more, is gone")
    func gone() async throws {
        await #expect(throws: FileFault.gone) { try await fetch(nil) }
        await #expect(throws: FileFault.gone) { try await fetch(.init(bytes: [1], fault: .unknown)) }
        await #expect(throws: FileFault.gone) { try await fetch(.init(bytes: [1], fault: .gone)) }
    }

    @Test("one that is too large is not read, whether Telegram says so or only its size does")
    func tooLarge() async throws {
        let large = [UInt8](repeating: 65, count: ChatFile.telegramLimit + 1)
        let fault = FileFault.tooLarge(limit: ChatFile.telegramLimit)
        await #expect(throws: fault) { try await fetch(.init(bytes: large)) }
        await #expect(throws: fault) { try await fetch(.init(bytes: large, fault: .unmeasured)) }
    }

    @Test("a server of one's own may have it on this machine's disk; the limit holds there too")
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

    @Test("one that breaks in the middle ends with an error that keeps the token to itself")
    func cut() async throws {
        do {
            _ = try await fetch(.init(bytes: Self.bytes, fault: .cut(times: 1)))
            Issue.record("half a file passed for a whole one")
        } catch {
            #expect(!"\(error)".contains(BotAPIFake.token))
        }
    }

    @Test("a server that is away is no file that is gone, and the error keeps the token to itself")
    func away() async throws {
        let api = BotAPI(token: try BotToken(BotAPIFake.token), server: try .init("http://127.0.0.1:1"))
        do {
            _ = try await TelegramFiles(api: api).open(ChatFile(id: "f", name: "x.csv"))
            Issue.record("nobody was there")
        } catch let FileFault.away(reason) {
            #expect(!reason.contains("AAFake"))
        }
    }
}
