import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Support
import Synchronization

/// A short life of a bot under load, while Telegram and Walrus fail and its processes are killed at random moments.
///
/// All that is random comes from the seed; what a process is doing when it dies is as little to be repeated as on any
/// machine.
struct Siege: Sendable {
    private let seed: UInt64
    private let folder: URL
    private let fake: BotAPIFake
    private let telegram: BaseURL
    /// Nil: the one inside the bot.
    private let walrus: BaseURL?
    private let port: Int

    private static let admins = Array(101...112 as ClosedRange<Int64>)
    private static let topics = 4
    /// How many calls of Telegram's and Walrus' fail.
    private static let faults = 0.1

    private var data: URL { folder.appending(path: "data") }
    private var database: String { data.appending(path: "okai.sqlite").path() }

    /// Lives through it, and looks at what is left.
    static func endure(seed: UInt64) async throws -> SiegeReport {
        let result = Mutex<SiegeReport?>(nil)
        try await withFolder { folder in
            let fake = BotAPIFake()
            try Dataset.iris.store(in: folder, blobs: "walrus")
            for blobs in ["data/blobs", "walrus"] { try Dataset.large.store(in: folder, blobs: blobs) }
            let blobs = folder.appending(path: "walrus")
            let moody = try MoodyWalrus.router(blobs: blobs, failing: faults, seed: seed)
            try await withLoopbackServer(moody) { walrus in
                try await withLoopbackServer(fake.router) { telegram in
                    let siege = Siege(
                        seed: seed,
                        folder: folder,
                        fake: fake,
                        telegram: telegram,
                        walrus: seed.isMultiple(of: 3) ? nil : walrus,
                        port: try freePort()
                    )
                    let report = try await siege.endure()
                    result.withLock { $0 = report }
                }
            }
        }
        guard let report = result.withLock({ $0 }) else { throw WaitTimeout(condition: "the end of a siege") }
        return report
    }

    private func endure() async throws -> SiegeReport {
        try writeCommand()
        var bot = try startBot()
        // Whatever comes of it, no process is left behind.
        defer { for worker in WorkerWatch(data: data).workers() { WorkerWatch(data: data).kill(worker) } }
        do {
            return try await endure(with: &bot)
        } catch {
            bot.send(SIGKILL)
            throw error
        }
    }

    private func endure(with bot: inout BotProcess) async throws -> SiegeReport {
        let addresses = try await registerTopics()
        try SiegeInspection.install(in: database)
        await fake.failRandomly(Self.faults, seed: seed)
        async let runs = askForRuns()
        async let posts = post(to: addresses)
        var report = try await strike(&bot)
        let (asked, accepted) = try await (runs, posts)
        try await calmDown(&report)
        try await end(bot, &report)
        let inspection = SiegeInspection(database: database, calls: await fake.calls)
        report += try inspection.report(runs: asked, posts: accepted)
        report.breaches += await fake.violations
        report.sieges = 1
        report.breaches = report.breaches.map { "seed \(seed): \($0)" }
        return report
    }

    /// A training command of the owner's, which has a program of its own do the work.
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

extension Siege {
    /// What a person asks for.
    private enum Errand: CaseIterable {
        case quick, long, wrongColumn, missingBlob, cancelled, ownCommand
    }

    private func registerTopics() async throws -> [String] {
        var addresses: [String] = []
        for admin in Self.admins.prefix(Self.topics) {
            await fake.say("/register siege", user: admin)
            let answer = try await fake.next("sendMessage", containing: "has an address")
            let secret = answer.text.firstMatch(of: /<code>http[^<]+\/([^<\/]+)<\/code>/)
            addresses.append(secret.map { "/\($0.1)" } ?? "")
        }
        return addresses
    }

    /// Asks for runs of all kinds; returns how many.
    private func askForRuns() async throws -> Int {
        var generator = SeededGenerator(seed: seed &+ 1)
        let large = try Dataset.large.blobID()
        let errands = Self.admins.dropFirst(Self.topics).map { _ in
            Errand.allCases.randomElement(using: &generator)
        }
        for (admin, errand) in zip(Self.admins.dropFirst(Self.topics), errands) {
            try await pause(upTo: 700, &generator)
            switch errand {
            case .quick, nil: await fake.say("/train \(Dataset.irisID) trees=20", user: admin)
            case .long, .cancelled: await fake.say("/train \(large) trees=3000 depth=2", user: admin)
            case .wrongColumn: await fake.say("/train \(Dataset.irisID) target=price", user: admin)
            case .missingBlob:
                await fake.say("/train \(BlobID(bytes: Array(repeating: 0, count: 32)))", user: admin)
            case .ownCommand: await fake.say("/train \(Dataset.irisID) command=slow", user: admin)
            }
            guard errand == .cancelled else { continue }
            try await pause(upTo: 2_000, &generator)
            await fake.say("/cancel", user: admin)
        }
        return errands.count
    }

    /// Posts until each post was accepted, as `curl --retry` would; returns what was posted.
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
                    return false  // The bot is being killed.
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

// MARK: - The attack

extension Siege {
    private enum Blow: CaseIterable {
        case bot, worker, both
    }

    /// Kills what it can, again and again, and leaves a bot that lives.
    private func strike(_ bot: inout BotProcess) async throws -> SiegeReport {
        var generator = SeededGenerator(seed: seed &+ 3)
        var report = SiegeReport()
        for _ in 0..<Int.random(in: 3...6, using: &generator) {
            try await watch(for: Int.random(in: 20...1_500, using: &generator), &report)
            let blow = Blow.allCases.randomElement(using: &generator) ?? .bot
            if blow != .worker {
                bot.send(SIGKILL)
                let end = await bot.ended()
                if end.code != SIGKILL { report.breaches.append("the bot ended by itself: \(end.errors)") }
                report.botKills += 1
            }
            if blow != .bot {
                let workers = WorkerWatch(data: data)
                for worker in workers.workers() {
                    workers.kill(worker)
                    report.workerKills += 1
                }
            }
            if blow != .worker {
                try await watch(for: Int.random(in: 0...400, using: &generator), &report)
                bot = try startBot()
            }
        }
        return report
    }

    /// Lets time pass, and looks whether two workers are ever at one job.
    private func watch(for milliseconds: Int, _ report: inout SiegeReport) async throws {
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        repeat {
            let jobs = WorkerWatch(data: data).workers().compactMap(\.job)
            report.sightings += jobs.count
            let crowded = Dictionary(grouping: jobs) { $0 }.filter { $0.value.count > 1 }.keys
            for job in crowded where !report.breaches.contains("job \(job) had two workers") {
                report.breaches.append("job \(job) had two workers")
            }
            try await ContinuousClock().sleep(for: .milliseconds(20))
        } while ContinuousClock.now < end
    }

    /// Waits until all is done and said.
    private func calmDown(_ report: inout SiegeReport) async throws {
        let open = """
            SELECT (SELECT COUNT(*) FROM job WHERE state IN ('available', 'scheduled', 'running', 'retryable'))
            + (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending'))
            """
        do {
            try await eventually("all is quiet") {
                try await watch(for: 50, &report)
                guard await fake.waiting == 0 else { return false }
                return try SQLite.texts(open, from: database) == ["0"]
            }
        } catch let error as WaitTimeout {
            report.breaches.append("\(error)")
        }
    }

    private func end(_ bot: BotProcess, _ report: inout SiegeReport) async throws {
        bot.send(SIGTERM)
        let end = await bot.ended()
        if end.code != 0 { report.breaches.append("the bot ended with \(end.code): \(end.errors)") }
        do {
            try await eventually("no worker is left, nor what one has started") {
                WorkerWatch(data: data).isQuiet
            }
        } catch let error as WaitTimeout {
            report.breaches.append("\(error)")
        }
    }
}
