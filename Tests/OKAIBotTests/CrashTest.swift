import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Support
import Synchronization

/// Runs a bot under load while calls to Telegram and Walrus fail and processes are killed at random moments.
///
/// The seed repeats every random choice. It does not repeat what a process does at the moment of its kill.
struct CrashTest: Sendable {
    private let seed: UInt64
    private let folder: URL
    private let fake: BotAPIFake
    private let telegram: BaseURL
    /// Nil if the bot uses its embedded Walrus.
    private let walrus: BaseURL?
    private let port: Int

    private static let admins = Array(101...112 as ClosedRange<Int64>)
    private static let topics = 4
    /// The share of calls to Telegram and to Walrus that fail.
    private static let faultShare = 0.1

    private var data: URL { folder.appending(path: "data") }
    private var workers: WorkerProcesses { WorkerProcesses(data: data) }
    private var database: String { data.appending(path: "okai.sqlite").path() }

    /// Runs the test with this seed, and checks every invariant.
    static func run(seed: UInt64) async throws -> CrashReport {
        let result = Mutex<CrashReport?>(nil)
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try Dataset.iris.store(in: folder, blobs: "walrus")
            for blobs in ["data/blobs", "walrus"] { try Dataset.large.store(in: folder, blobs: blobs) }
            let blobs = folder.appending(path: "walrus")
            let unreliable = try UnreliableWalrus.router(blobs: blobs, failing: faultShare, seed: seed)
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
        var report = try await killRandomly(&bot)
        let (asked, accepted) = try await (runs, posts)
        try await waitUntilIdle(&report)
        try await end(bot, &report)
        let invariants = CrashInvariants(database: database, calls: await fake.calls)
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

    private func startBot() throws -> BotProcess {
        var environment = [
            "OKAI_ADMINS": Self.admins.map(String.init).joined(separator: ","),
            "OKAI_COMMANDS": "slow=\(folder.appending(path: "slow").path())",
            "OKAI_MAX_LOCAL_WORKERS": "2", "OKAI_LEASE_SECONDS": "5", "LOG_LEVEL": "critical",
        ]
        if let walrus {
            environment["WALRUS_AGGREGATOR_URL"] = walrus.description
            environment["WALRUS_PUBLISHER_URL"] = walrus.description
        }
        return try RunningBot.start(folder, telegram, port: port, environment: environment)
    }
}

// MARK: - The load

extension CrashTest {
    /// A kind of run that a person requests.
    private enum RequestKind: CaseIterable {
        case quick, long, wrongColumn, missingBlob, cancelled, ownCommand
    }

    private func registerTopics() async throws -> [String] {
        var addresses: [String] = []
        for admin in Self.admins.prefix(Self.topics) {
            await fake.say("/register crash", user: admin)
            let answer = try await fake.next("sendMessage", containing: "has an address")
            let secret = answer.text.firstMatch(of: /<code>http[^<]+\/([^<\/]+)<\/code>/)
            addresses.append(secret.map { "/\($0.1)" } ?? "")
        }
        return addresses
    }

    /// Requests runs of random kinds; returns their number.
    private func requestRuns() async throws -> Int {
        var generator = SeededGenerator(seed: seed &+ 1)
        let large = try Dataset.large.blobID()
        let kinds = Self.admins.dropFirst(Self.topics).map { _ in
            RequestKind.allCases.randomElement(using: &generator)
        }
        for (admin, kind) in zip(Self.admins.dropFirst(Self.topics), kinds) {
            try await pause(upTo: 700, &generator)
            switch kind {
            case .quick, nil: await fake.say("/train \(Dataset.irisID) trees=20", user: admin)
            case .long, .cancelled: await fake.say("/train \(large) trees=3000 depth=2", user: admin)
            case .wrongColumn: await fake.say("/train \(Dataset.irisID) target=price", user: admin)
            case .missingBlob:
                await fake.say("/train \(BlobID(bytes: Array(repeating: 0, count: 32)))", user: admin)
            case .ownCommand: await fake.say("/train \(Dataset.irisID) command=slow", user: admin)
            }
            guard kind == .cancelled else { continue }
            try await pause(upTo: 2_000, &generator)
            await fake.say("/cancel", user: admin)
        }
        return kinds.count
    }

    /// Repeats each post until it is accepted, as `curl --retry` does; returns the posts.
    private func post(to addresses: [String]) async throws -> [String] {
        var generator = SeededGenerator(seed: seed &+ 2)
        let http = HTTPClient()
        let bot = try BaseURL("http://127.0.0.1:\(port)")
        var posts: [String] = []
        for number in 1...16 {
            let text = "post \(number)."
            var headers = HTTPFields()
            if let name = HTTPField.Name("Idempotency-Key") { headers[name] = text }
            let request = bot.request(.post, addresses[number % addresses.count], headers: headers)
            try await eventually("\(text) is accepted") {
                do {
                    return try await http.send(request, body: .bytes(Array(text.utf8))).response.status == .ok
                } catch is TransferError {
                    return false  // the bot was killed
                }
            }
            posts.append(text)
            try await pause(upTo: 500, &generator)
        }
        return posts
    }

    private func pause(upTo milliseconds: Int, _ generator: inout SeededGenerator) async throws {
        let time = Int.random(in: 0...milliseconds, using: &generator)
        try await ContinuousClock().sleep(for: .milliseconds(time))
    }
}

// MARK: - The kills

extension CrashTest {
    private enum Victim: CaseIterable {
        case bot, worker, both
    }

    /// Kills bot, workers or both three to six times, and starts a killed bot again.
    private func killRandomly(_ bot: inout BotProcess) async throws -> CrashReport {
        var generator = SeededGenerator(seed: seed &+ 3)
        var report = CrashReport()
        for _ in 0..<Int.random(in: 3...6, using: &generator) {
            try await observeWorkers(for: Int.random(in: 20...1_500, using: &generator), &report)
            let victim = Victim.allCases.randomElement(using: &generator) ?? .bot
            if victim != .worker {
                bot.send(SIGKILL)
                let end = await bot.ended()
                if end.code != SIGKILL { report.violations.append("the bot ended by itself: \(end.errors)") }
                report.botKills += 1
            }
            if victim != .bot {
                for worker in workers.all() {
                    workers.kill(worker)
                    report.workerKills += 1
                }
            }
            if victim != .worker {
                try await observeWorkers(for: Int.random(in: 0...400, using: &generator), &report)
                bot = try startBot()
            }
        }
        return report
    }

    /// Waits, and meanwhile checks that no job has two workers.
    private func observeWorkers(for milliseconds: Int, _ report: inout CrashReport) async throws {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        repeat {
            let jobs = workers.all().compactMap(\.job)
            report.observations += jobs.count
            let shared = Dictionary(grouping: jobs) { $0 }.filter { $0.value.count > 1 }.keys
            for job in shared where !report.violations.contains("job \(job) had two workers") {
                report.violations.append("job \(job) had two workers")
            }
            try await ContinuousClock().sleep(for: .milliseconds(20))
        } while ContinuousClock.now < end
    }

    /// Waits until no job and no message is open.
    private func waitUntilIdle(_ report: inout CrashReport) async throws {
        let open = """
            SELECT (SELECT COUNT(*) FROM job WHERE state IN ('available', 'scheduled', 'running', 'retryable'))
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending'))
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
}
