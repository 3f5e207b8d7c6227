import Contract
import Engines
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Walrus

/// A real bot with workers, HTTP and a database, and a fake Telegram.
@Suite("The bot in Telegram", .serialized)
struct ServeTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("/train trains a model, /predict asks it, and /verify reproduces it", .timeLimit(.minutes(10)))
    func trainPredictVerify() async throws {
        try await withBot { bot in
            let fake = bot.fake
            await fake.say("/train \(Self.iris)")
            let anchor = try await fake.next("sendMessage", containing: "Run 1")
            #expect(anchor.text.contains("<code>\(Self.iris)</code>"))
            let end = try await fake.next("sendPhoto", containing: "Run 1 finished")
            #expect(end.text.contains("accuracy"))
            let ids = end.text.matches(of: /<code>([A-Za-z0-9_\-]{43})<\/code>/).map { String($0.1) }
            try #require(ids.count == 2)
            try await check(model: ids[0], receipt: ids[1], in: bot.folder)
            await fake.say("/predict 1 5.1,3.5,1.4,0.2")
            let said = try await fake.next("sendMessage", containing: "species")
            #expect(said.text == "<b>Run 1</b> · species\n<b>setosa</b> 100.0 %")
            await fake.say("/predict 1 5.1 3.5")
            let wrong = try await fake.next("sendMessage", containing: "The prediction with the model")
            #expect(wrong.text.contains("the model needs 4 values a row"))
            // The live message shows the end, too, by edits.
            let edits = await fake.calls.filter { $0.method == "editMessageText" }
            #expect(edits.allSatisfy { $0.messageID == anchor.messageID })
            #expect(edits.last?.text.contains("succeeded") == true)
            await fake.say("/verify 1")
            let verified = try await fake.next("sendMessage", containing: "bit for bit")
            #expect(verified.text.hasPrefix("<b>Run 1: reproduced, bit for bit</b> · verified by run 2"))
            #expect(verified.text.contains("✅ trained again here: the same model, bit for bit"))
            #expect(await fake.violations == [])
        }
    }

    @Test("a pasted ID gets a card, and its button starts a run", .timeLimit(.minutes(10)))
    func card() async throws {
        try await withBot { bot in
            await bot.fake.say("look at \(Self.iris), please")
            let card = try await bot.fake.next("sendMessage", containing: "Walrus blob")
            #expect(card.text.contains("150 rows × 5 columns"))
            #expect(card.buttons.first == "t:\(Self.iris)")
            await bot.fake.tap("t:\(Self.iris)", message: try #require(card.messageID))
            _ = try await bot.fake.next("answerCallbackQuery")
            _ = try await bot.fake.next("sendPhoto", containing: "Run 1 finished")
            await bot.fake.say("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            _ = try await bot.fake.next("sendMessage", containing: "Blob not found")
            #expect(await bot.fake.violations == [])
        }
    }

    @Test(
        "the publisher's secret signs puts of workers, and no output or file holds it",
        .timeLimit(.minutes(10))
    )
    func publisherSecret() async throws {
        let secret = "a-secret-that-must-not-be-seen"
        try await withWalrus(secret: secret) { walrus in
            _ = try await walrus.run("walrus", "put", "iris.csv")
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                var environment = walrus.environment
                environment["LOG_LEVEL"] = "trace"
                let bot = try RunningBot.start(walrus.folder, telegram, port: 0, environment: environment)
                defer { bot.send(SIGKILL) }
                await fake.say("/train \(Self.iris) trees=5")
                _ = try await fake.next("sendPhoto", containing: "Run 1 finished")
                bot.send(SIGTERM)
                let end = await bot.ended()
                #expect(end.code == 0)
                #expect(!(end.output + end.errors).contains(secret))
            }
            let data = walrus.folder.appending(path: "data")
            let files = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where !file.hasDirectoryPath {
                let bytes = try Data(contentsOf: file)
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file.path())")
            }
        }
    }

    @Test("a run survives SIGKILL of the bot, and its end message comes once", .timeLimit(.minutes(10)))
    func killed() async throws {
        try await withTestFolder { folder in
            let blob = try Dataset.large.store(in: folder)
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                // The worker has the address of the bot, so the next bot must have the same.
                let port = try freePort()
                let first = try RunningBot.start(folder, telegram, port: port)
                defer { first.send(SIGKILL) }
                await fake.say("/train \(blob) trees=8000 depth=2")
                _ = try await fake.next("editMessageText", containing: "training")
                first.send(SIGKILL)
                _ = await first.ended()
                let worker = try await onlyWorker(in: folder)
                #expect(worker.isAlive)
                let second = try RunningBot.start(folder, telegram, port: port)
                defer { second.send(SIGKILL) }
                _ = try await fake.next("sendPhoto", containing: "Run 1 finished")
                second.send(SIGTERM)
                #expect(await second.ended().code == 0)
            }
            let endMessages = await fake.calls.filter {
                $0.method == "sendPhoto" && $0.text.contains("Run 1 finished")
            }
            #expect(endMessages.count == 1)
            #expect(await fake.violations == [])
            let job = try #require(try await job(of: 1, in: folder))
            #expect(job.state == .completed)
            #expect(job.rescues == 0)
        }
    }

    @Test("/cancel ends the worker in the middle of its training", .timeLimit(.minutes(10)))
    func cancel() async throws {
        try await withBot { bot in
            let blob = try Dataset.large.store(in: bot.folder)
            await bot.fake.say("/train \(blob) trees=10000 depth=6")
            _ = try await bot.fake.next("editMessageText", containing: "training")
            let worker = try await onlyWorker(in: bot.folder)
            #expect(worker.isAlive)
            await bot.fake.say("/cancel 1")
            _ = try await bot.fake.next("sendMessage", containing: "was cancelled")
            try await eventually("the worker ends") { !worker.isAlive }
            let job = try #require(try await job(of: 1, in: bot.folder))
            #expect(job.state == .cancelled)
        }
    }

    @Test("a post to a topic in any form reaches the chat", .timeLimit(.minutes(10)))
    func topics() async throws {
        try await withBot { bot in
            await bot.fake.say("/register my_topic")
            let answer = try await bot.fake.next("sendMessage", containing: "has an address")
            let url = String(try #require(answer.text.firstMatch(of: /<code>(http[^<]+)<\/code>/)).1)
            let broken = #"{"message": "{"newlyCreated":{"blobObject":{"blobId":"\#(Self.iris)"}}}"}"#
            for (body, expected) in [
                (#"{"message": "a < b & <c>"}"#, "a &lt; b &amp; &lt;c&gt;"), ("data pulled", "data pulled"),
                (broken, "\"newlyCreated\""),
            ] {
                #expect(try await post(body, to: url) == 200)
                let call = try await bot.fake.next("sendMessage", containing: expected)
                #expect(call.text.contains("<b>my_topic</b>"))
            }
            let long = String(repeating: "word after word\n", count: 1_000)
            #expect(try await post(long, to: url) == 200)
            for _ in 0..<4 { _ = try await bot.fake.next("sendMessage", containing: "word after word") }
            #expect(try await post("", to: url) == 200)
            _ = try await bot.fake.next("sendMessage", containing: "triggered")
            #expect(try await post("x", to: url + "x") == 404)
            #expect(try await post(String(repeating: "x", count: 1_100_000), to: url) == 413)
            await bot.fake.say("/unregister my_topic")
            _ = try await bot.fake.next("sendMessage", containing: "is deleted")
            #expect(try await post("x", to: url) == 404)
            #expect(await bot.fake.violations == [])
        }
    }

    @Test(
        "a stranger gets only the own id, and admin codes of earlier starts are not valid",
        .timeLimit(.minutes(10))
    )
    func strangers() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let bot = try RunningBot.start(folder, telegram, port: 0, environment: ["OKAI_ADMINS": ""])
                defer { bot.send(SIGKILL) }
                await fake.say("/train \(Self.iris)", user: 77)
                let refusal = try await fake.next("sendMessage")
                #expect(refusal.text.contains("<code>77</code>"))
                #expect(!refusal.text.contains("/train"))
                // The code is in the output at once, also if the output is a file.
                let code = String(try #require(bot.outputSoFar.firstMatch(of: /\/start ([A-Za-z0-9_\-]+)/)).1)
                bot.send(SIGTERM)
                _ = await bot.ended()
                let again = try RunningBot.start(folder, telegram, port: 0, environment: ["OKAI_ADMINS": ""])
                defer { again.send(SIGKILL) }
                await fake.say("/start wrong", user: 77)
                _ = try await fake.next("sendMessage", containing: "is not valid")
                again.send(SIGTERM)
                let fresh = await again.ended().output.firstMatch(of: /\/start ([A-Za-z0-9_\-]+)/)
                #expect(fresh.map { String($0.1) } != code)
                let third = try RunningBot.start(folder, telegram, port: 0, environment: ["OKAI_ADMINS": ""])
                defer { third.send(SIGKILL) }
                await fake.say("/start \(code)", user: 77)
                _ = try await fake.next("sendMessage", containing: "is not valid")
                third.send(SIGTERM)
                _ = await third.ended()
            }
        }
    }

    @Test("while Telegram cannot be reached, runs go on, and SIGTERM ends the bot", .timeLimit(.minutes(10)))
    func telegramAway() async throws {
        try await withTestFolder { folder in
            let data = folder.appending(path: "data").path()
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            let store = try SQLiteStore(path: "\(data)/okai.sqlite")
            let work = Work.train(TrainArguments(dataset: try BlobID(Self.iris)))
            let origin = Origin(chat: 42, user: 42, userName: "Ada")
            _ = try await store.write { try $0.enqueueRun(work, origin: origin, at: Date()) }
            let telegram = try BaseURL("http://127.0.0.1:\(try freePort())")
            let bot = try RunningBot.start(folder, telegram, port: 0)
            defer { bot.send(SIGKILL) }
            try await eventually("the run is done") {
                try await store.read { try $0.job(1)?.state } == .completed
            }
            bot.send(SIGTERM)
            let end = await bot.ended()
            #expect(end.code == 0)
            #expect(!end.errors.contains("CancellationError"))
        }
    }

    @Test(
        "a second bot with the same folder ends with an error, and the first goes on",
        .timeLimit(.minutes(10))
    )
    func twice() async throws {
        try await withBot { bot in
            await bot.fake.say("/status")
            _ = try await bot.fake.next("sendMessage", containing: "no runs")
            try await withLoopbackServer(BotAPIFake().router) { telegram in
                let end = try await RunningBot.start(bot.folder, telegram, port: 0).ended()
                #expect(end.code == 1)
                #expect(end.errors.contains("another bot is using the folder"))
            }
            await bot.fake.say("/runs")
            _ = try await bot.fake.next("sendMessage", containing: "no runs")
        }
    }

    @Test(
        "a bot that cannot start reports why in one sentence and ends with 1, or with 2 for wrong settings",
        .timeLimit(.minutes(10))
    )
    func cannotStart() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let taken = telegram.description.split(separator: ":").last.map(String.init) ?? ""
                let failures =
                    [
                        ("TELEGRAM_BOT_TOKEN", "", 2, "TELEGRAM_BOT_TOKEN is missing"),
                        ("TELEGRAM_BOT_TOKEN", "1:AAFakeX", 1, "does not accept the bot token"),
                        ("TELEGRAM_BOT_TOKEN", "abacus", 2, "TELEGRAM_BOT_TOKEN must be a bot token"),
                        ("OKAI_DATA_DIR", "/proc/nowhere", 1, "cannot write to the folder"),
                        ("OKAI_DATA_DIR", "/etc/hostname", 2, "OKAI_DATA_DIR: /etc/hostname is a file"),
                        (
                            "WEBHOOK_HOST", "198.51.100.7", 2,
                            "WEBHOOK_HOST: \"198.51.100.7\" is not an address of this machine"
                        ),
                        ("WEBHOOK_HOST", "no host", 2, "WEBHOOK_HOST: "),
                        ("WEBHOOK_PORT", taken, 1, "Address already in use"),
                        (
                            "OKAI_ENGINE", "abacus", 2,
                            "OKAI_ENGINE must be one of: local, vm, enrolled, fluence"
                        ),
                    ] as [(String, String, Int32, String)]
                for (key, value, code, words) in failures {
                    let bot = try RunningBot.start(folder, telegram, port: 0, environment: [key: value])
                    let end = await bot.ended()
                    #expect(end.code == code, "\(words)")
                    #expect(end.errors.contains(words))
                    #expect(end.errors.split(separator: "\n").count { $0.hasPrefix("okaibot: ") } == 1)
                    #expect(!end.errors.contains("AAFake"))
                }
            }
        }
    }

    private func check(model: String, receipt: String, in folder: URL) async throws {
        let blobs = folder.appending(path: "data/blobs")
        let encoder = try BlobEncoder()
        for id in [model, receipt] {
            let path = blobs.appending(path: id).path()
            let blob = try await BackgroundWork.run { try encoder.blob(atPath: path, isCancelled: $0) }
            #expect(blob.id.description == id)
        }
        let read = try Wire.decode(Receipt.self, from: Data(contentsOf: blobs.appending(path: receipt)))
        #expect(read.model.id?.description == model)
        #expect(read.dataset.id?.description == Self.iris)
        let prediction = try BotProcess(
            "okaibot",
            ["predict", blobs.appending(path: model).path(), blobs.appending(path: Self.iris).path()],
            folder: folder
        )
        let lines = await prediction.ended().output.split(separator: "\n")
        #expect(lines.first == "label,setosa,versicolor,virginica")
        #expect(lines.count == 151)
        #expect(lines.dropFirst().prefix(50).allSatisfy { $0.hasPrefix("setosa,") })
    }
}
