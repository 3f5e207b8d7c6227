import Contract
import Foundation
import Glibc
import HTTP
import Support
import Testing

/// Files, with a real bot and workers and a fake Telegram.
@Suite("Files in Telegram", .serialized)
struct FileServeTests {
    private static let fewRows = """
        petal_width,petal_length,sepal_width,sepal_length
        0.2,1.4,3.5,5.1
        2.5,6.0,3.3,6.3
        """

    @Test(
        "a CSV file is stored and gets a card, and a model predicts two more files",
        .timeLimit(.minutes(10))
    )
    func predictions() async throws {
        try await withBot { bot in
            let fake = bot.fake
            await fake.send(file: "iris.csv", Dataset.iris.csv)
            let live = try await fake.next("sendMessage", containing: "Run 1")
            #expect(live.plain.contains("iris.csv · 3.9 KB"))
            let card = try await fake.next("sendMessage", containing: "Walrus blob")
            #expect(card.text.contains("<code>\(Dataset.irisID)</code>"))
            await fake.tap("t:\(Dataset.irisID)", message: try #require(card.messageID))
            let end = try await fake.next("sendPhoto", containing: "Run 2 finished")
            // The bot sends one message at a time: when the next comes, it has saved the id of this one.
            await fake.say("/status")
            _ = try await fake.next("sendMessage", containing: "Nothing is running")
            await fake.send(file: "two.csv", Array(Self.fewRows.utf8), answering: end.messageID)
            let few = try await fake.next("sendMessage", containing: "setosa")
            #expect(few.plain.contains("Run 2 · species\n1 → setosa 100.0 %\n2 → virginica 9"))
            await fake.send(file: "all.csv", Dataset.iris.csv, caption: "/predict 2")
            let many = try await fake.next("sendDocument", containing: "150 rows")
            let lines = many.parameters["document"]?.string?.split(separator: "\n") ?? []
            #expect(lines.count == 151)
            #expect(lines.first == "label,setosa,versicolor,virginica")
            await fake.say("/predict 2 \(Dataset.irisID)")
            _ = try await fake.next("sendDocument", containing: "150 rows")
            #expect(await fake.violations == [])
        }
    }

    @Test(
        "lasting faults of a file are reported to the chat; temporary ones are retried",
        .timeLimit(.minutes(10))
    )
    func faults() async throws {
        try await withBot { bot in
            let fake = bot.fake
            let cut = await fake.send(file: "iris.csv", Dataset.iris.csv, fault: .cut(times: 2))
            _ = try await fake.next("sendMessage", containing: "Walrus blob")
            #expect(await fake.sentFile(cut)?.downloads == 3)
            await fake.send(file: "gone.csv", Dataset.iris.csv, fault: .gone)
            let gone = try await fake.next("sendMessage", containing: "was not stored")
            #expect(gone.plain.contains("the file no longer exists"))
            await fake.send(file: "nul.csv", Array("a,b\n1,\u{0}\n".utf8))
            let nul = try await fake.next("sendMessage", containing: "was not stored")
            #expect(nul.plain.contains("NUL byte"))
            await fake.send(file: "cat.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1])
            _ = try await fake.next("sendMessage", containing: "the file is a picture")
            let large = [UInt8](repeating: 65, count: (20 << 20) + 1)
            await fake.send(file: "large.csv", large)
            _ = try await fake.next("sendMessage", containing: "okaibot walrus put FILE")
            #expect(await fake.violations == [])
        }
    }

    @Test(
        "a bot that is killed during a download stores the file after its restart",
        .timeLimit(.minutes(10))
    )
    func killed() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let port = try freePort()
                let first = try RunningBot.start(folder, telegram, port: port)
                let file = await fake.send(file: "iris.csv", Dataset.iris.csv, fault: .cut(times: 1_000))
                try await eventually("the download has begun") {
                    await fake.sentFile(file)?.downloads ?? 0 > 0
                }
                first.send(SIGKILL)
                _ = await first.ended()
                await fake.add(.init(bytes: Dataset.iris.csv), as: "file-\(file)")
                let second = try RunningBot.start(folder, telegram, port: port)
                defer { second.send(SIGKILL) }
                let card = try await fake.next("sendMessage", containing: "Walrus blob")
                #expect(card.text.contains(Dataset.irisID))
                second.send(SIGTERM)
                #expect(await second.ended().code == 0)
            }
            #expect(await fake.violations == [])
        }
    }
}
