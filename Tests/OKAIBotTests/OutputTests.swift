import Foundation
import Glibc
import Support
import Testing

@Suite("Output that cannot be written, and signals", .serialized)
struct OutputTests {
    @Test(
        "a result that cannot be written ends with 1 and a sentence",
        arguments: [("exec >/dev/full", "No space left"), ("exec >&-", "Bad file descriptor")]
    )
    func failed(_ shell: String, _ reason: String) async throws {
        try await withTestFolder { folder in
            let iris = folder.appending(path: "iris.csv")
            try Data(Dataset.iris.csv).write(to: iris)
            for arguments in [["config"], ["--help"], ["walrus", "id", iris.path()]] {
                let end = try await BotProcess("okaibot", arguments, folder: folder, shell: shell).ended()
                #expect(end.code == 1, "\(arguments)")
                #expect(end.errors.hasPrefix("okaibot: cannot write to standard output: \(reason)"))
            }
        }
    }

    @Test("a result whose reader has left ends quietly, as by SIGPIPE")
    func readerLeft() async throws {
        try await withTestFolder { folder in
            // `true` opens the pipe for reading and ends.
            let shell = "mkfifo pipe; true <pipe & exec >pipe; wait"
            let end = try await BotProcess("okaibot", ["config"], folder: folder, shell: shell).ended()
            #expect(end.code == 141)
            #expect(end.errors == "")
        }
    }

    @Test(
        "the bot goes on without standard streams, and writes to no file of its own",
        .timeLimit(.minutes(10))
    )
    func serveWithoutOutput() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let bot = try RunningBot.start(
                    folder,
                    telegram,
                    port: 0,
                    environment: ["OKAI_ADMINS": ""],
                    shell: "exec <&- >&-"
                )
                defer { bot.send(SIGKILL) }
                await fake.say("/whoami", user: 31)
                _ = try await fake.next("sendMessage")
                #expect(bot.errorsSoFar.contains("the code that makes you an admin cannot be shown"))
                bot.send(SIGTERM)
                #expect(await bot.ended().code == 0)
                let database = folder.appending(path: "data/okai.sqlite").path()
                #expect(try SQLite.texts("PRAGMA integrity_check", from: database) == ["ok"])
            }
        }
    }

    @Test("signals that mean nothing to the bot do not end it", .timeLimit(.minutes(10)))
    func signals() async throws {
        try await withBot { bot in
            await bot.fake.say("/status")
            _ = try await bot.fake.next("sendMessage", containing: "no runs")
            for signal in [SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGPIPE] { bot.process.send(signal) }
            await bot.fake.say("/runs")
            _ = try await bot.fake.next("sendMessage", containing: "no runs")
        }
    }
}
