import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Support
import Synchronization

/// Runs a bot under load while calls to Telegram and Walrus fail, chats close, and processes are killed at random
/// moments.
///
/// The seed repeats every random choice. It does not repeat what a process does at the moment of its kill.
struct CrashTest: Sendable {
    let seed: UInt64
    let folder: URL
    let fake: BotAPIFake
    private let telegram: BaseURL
    /// Nil if the bot uses its embedded Walrus.
    private let walrus: BaseURL?
    let port: Int

    /// The share of calls to Telegram and to Walrus that fail.
    private static let faultShare = 0.1

    var data: URL { folder.appending(path: "data") }
    var workers: WorkerProcesses { WorkerProcesses(data: data) }
    private var database: String { data.appending(path: "okai.sqlite").path() }
    /// Every second seed keeps less posts than come to a chat that is closed.
    private var keptPosts: Int { seed.isMultiple(of: 2) ? 5 : 1_000 }
    /// In most tests people say something when their chats are open again; in others the bot has to find it out.
    private var peopleSpeak: Bool { seed % 4 != 1 }

    /// Runs the test with this seed, and checks every invariant.
    static func run(seed: UInt64) async throws -> CrashReport {
        let result = Mutex<CrashReport?>(nil)
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try Dataset.iris.store(in: folder, blobs: "walrus")
            for blobs in ["data/blobs", "walrus"] { try Dataset.large.store(in: folder, blobs: blobs) }
            let unreliable = try UnreliableWalrus.router(
                blobs: folder.appending(path: "walrus"),
                known: [Dataset.irisID, "\(try Dataset.large.blobID())"],
                failing: faultShare,
                seed: seed
            )
            try await withLoopbackServer(unreliable) { walrus in
                try await withLoopbackServer(fake.router) { telegram in
                    let test = CrashTest(
                        seed: seed,
                        folder: folder,
                        fake: fake,
                        telegram: telegram,
                        walrus: seed.isMultiple(of: 3) ? nil : walrus,
                        port: try freePort()
                    )
                    let report = try await test.run()
                    result.withLock { $0 = report }
                }
            }
        }
        guard let report = result.withLock({ $0 }) else {
            throw WaitTimeout(condition: "the end of the crash test")
        }
        return report
    }

    private func run() async throws -> CrashReport {
        try writeCommand()
        await fake.fail("setMyCommands", .refuse(CrashWeather.wait))
        var bot = try startBot()
        // A failed test leaves no process behind.
        defer { for worker in workers.all() { workers.kill(worker) } }
        do {
            return try await run(with: &bot)
        } catch {
            bot.send(SIGKILL)
            throw error
        }
    }

    private func run(with bot: inout BotProcess) async throws -> CrashReport {
        let addresses = try await registerTopics()
        try CrashInvariants.installTriggers(in: database)
        await fake.failRandomly(Self.faultShare, seed: seed)
        async let runs = requestRuns()
        async let posts = post(to: addresses)
        async let weather: Void = CrashWeather(seed: seed, fake: fake).change()
        var report = try await killRandomly(&bot)
        let (asked, accepted, _) = try await (runs, posts, weather)
        if peopleSpeak { for chat in CrashChat.all { await chat.say("/help cancel", to: fake) } }
        try await waitUntilIdle(&report)
        report.violations += try await SecretCheck(fake: fake, port: port, database: database).violations()
        try await waitUntilIdle(&report)
        try await end(bot, &report)
        report.violations += try await leftFiles()
        let invariants = CrashInvariants(
            database: database,
            calls: await fake.calls,
            arrivals: await fake.arrivals
        )
        report += try invariants.report(runs: asked, posts: accepted)
        report.violations += await fake.violations
        report.tests = 1
        report.violations = report.violations.map { "seed \(seed): \($0)" }
        return report
    }

    /// Writes a training command of the owner, which starts a program of its own.
    private func writeCommand() throws {
        let path = folder.appending(path: "slow").path()
        let script = "#!/bin/sh\nsleep 4 & wait $!\necho model >\"$2/model\"\n"
        let isWritten = FileManager.default.createFile(
            atPath: path,
            contents: Data(script.utf8),
            attributes: [.posixPermissions: 0o700]
        )
        guard isWritten else { throw CocoaError(.fileWriteUnknown) }
    }

    func startBot() throws -> BotProcess {
        var environment = [
            "OKAI_ADMINS": CrashChat.admins.map(String.init).joined(separator: ","),
            "OKAI_COMMANDS": "slow=\(folder.appending(path: "slow").path())",
            "OKAI_MAX_LOCAL_WORKERS": "2", "OKAI_LEASE_SECONDS": "5", "LOG_LEVEL": "critical",
            "OKAI_MUTED_POSTS": "\(keptPosts)",
        ]
        if let walrus {
            environment["WALRUS_AGGREGATOR_URL"] = walrus.description
            environment["WALRUS_PUBLISHER_URL"] = walrus.description
        }
        return try RunningBot.start(folder, telegram, port: port, environment: environment)
    }

    /// Waits until no job and no message is open.
    private func waitUntilIdle(_ report: inout CrashReport) async throws {
        let open = """
            SELECT (SELECT COUNT(*) FROM job WHERE state IN ('available', 'scheduled', 'running', 'retryable'))
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending'))
            + (SELECT COUNT(*) FROM delayedPost)
            """
        do {
            try await eventually("no job and no message is open") {
                try await observeWorkers(for: 50, &report)
                guard await fake.waiting == 0 else { return false }
                return try SQLite.texts(open, from: database) == ["0"]
            }
        } catch let error as WaitTimeout {
            report.violations.append("\(error)")
        }
    }

    private func end(_ bot: BotProcess, _ report: inout CrashReport) async throws {
        bot.send(SIGTERM)
        let end = await bot.ended()
        if end.code != 0 { report.violations.append("the bot ended with \(end.code): \(end.errors)") }
        do {
            try await eventually("no worker and none of its children is left") {
                workers.areGone
            }
        } catch let error as WaitTimeout {
            report.violations.append("\(error)")
        }
    }

    /// Starts the bot once more; then no posted file may be left, because all were sent.
    private func leftFiles() async throws -> [String] {
        let bot = try startBot()
        let folder = data.appending(path: "attachments").path()
        do {
            let health = try BaseURL("http://127.0.0.1:\(port)").request(.get, "/v1/health")
            try await eventually("the bot starts and no posted file is left", within: .seconds(60)) {
                do { _ = try await HTTPClient().send(health) } catch is TransferError { return false }
                guard FileManager.default.fileExists(atPath: folder) else { return true }
                return try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
            }
        } catch let error as WaitTimeout {
            bot.send(SIGKILL)
            return ["\(error)"]
        }
        bot.send(SIGTERM)
        let end = await bot.ended()
        return end.code == 0 ? [] : ["the last bot ended with \(end.code): \(end.errors)"]
    }
}
