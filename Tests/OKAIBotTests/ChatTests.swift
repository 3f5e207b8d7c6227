import Contract
import Foundation
import Glibc
import Support
import Testing

/// The demo, as a script or a curious person runs it.
@Suite("The bot in a terminal", .serialized)
struct ChatTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("lines from a file are answered, and it ends when the last run has", .timeLimit(.minutes(10)))
    func script() async throws {
        let end = try await chat("/train \(Self.iris)\n/status\n")
        #expect(end.code == 0)
        #expect(end.output.contains("Run 1 finished · accuracy"))
        #expect(end.output.contains("Receipt"))
        #expect(end.errors == "")
    }

    @Test("a run that fails makes it end with 1, and says why and what to do", .timeLimit(.minutes(10)))
    func failure() async throws {
        let end = try await chat("/train \(Self.iris) target=price\n")
        #expect(end.code == 1)
        #expect(end.output.contains("Run 1 failed while reading: no column named \"price\""))
        #expect(end.output.contains("target=NAME"))
    }

    @Test("the same training gives the same model and receipt", .timeLimit(.minutes(10)))
    func repeated() async throws {
        let output = try await chat("/train \(Self.iris)\n/train 1\n").output
        let ids = output.matches(of: /Model ·.*\n(\S{43})\nReceipt\n(\S{43})/).map { [$0.1, $0.2] }
        #expect(ids.count == 2)
        #expect(Set(ids).count == 1)
    }

    @Test("a wrong command says what is wrong, what is allowed, and an example", .timeLimit(.minutes(10)))
    func usage() async throws {
        let output = try await chat("/train \(Self.iris) trees=many\n/nonsense\nhello\n\n/cancel\n").output
        #expect(output.contains("trees is a whole number from 1 to 10000, but you sent \"many\""))
        #expect(output.contains("/nonsense"))
        #expect(output.contains("Paste a Walrus blob ID"))
        #expect(output.contains("Nothing is running here."))
    }

    @Test(
        "a run goes on when its chat is killed, and is told when the chat comes back",
        .timeLimit(.minutes(10))
    )
    func comeback() async throws {
        try await withFolder { folder in
            let blob = try Dataset.large.store(in: folder, blobs: "okai-data/chat/blobs")
            let input = "/train \(blob) trees=8000 depth=2\n"
            let first = try BotProcess("okaibot", ["chat"], folder: folder, input: input)
            try await eventually("it trains") { first.printed.contains("training ·") }
            first.send(SIGKILL)
            _ = await first.ended()
            let second = try await BotProcess("okaibot", ["chat"], folder: folder, input: "/logs\n").ended()
            #expect(second.code == 0)
            #expect(second.output.contains("Run 1 finished"))
            // By the worker that was there: nobody had to start another.
            let database = folder.appending(path: "okai-data/chat/okai.sqlite").path()
            let starts = try SQLite.texts("SELECT attempt || ' ' || rescues FROM job", from: database)
            #expect(starts == ["1 0"])
        }
    }

    @Test(
        "the owner's own command trains, tells how far it is, and its model can be had",
        .timeLimit(.minutes(10))
    )
    func ownCommand() async throws {
        try await withFolder { folder in
            let program = folder.appending(path: "mine").path()
            let script = """
                #!/bin/sh
                echo 'learning by heart'
                cp "$1/dataset.csv" "$2/model.csv"
                echo '{"recall": 1}' > "$2/metrics.json"
                """
            try Data(script.utf8).write(to: URL(filePath: program))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let input = """
                /train \(Self.iris) command=mine
                /train \(Self.iris) command=rm
                """
            let end = try await BotProcess(
                "okaibot",
                ["chat"],
                environment: ["OKAI_COMMANDS": "mine=\(program)"],
                folder: folder,
                input: input + "\n"
            ).ended()
            #expect(end.code == 0, "\(end)")
            #expect(end.output.contains("there is no training command \"rm\"; there are: mine"))
            #expect(end.output.contains("Run 1 finished · recall 1"))
            // A model that is the dataset has its blob ID.
            #expect(end.output.contains(try Regex("Model · .*\n\(Self.iris)")))
            let database = folder.appending(path: "okai-data/chat/okai.sqlite").path()
            let lines = try SQLite.texts(
                "SELECT line FROM logLine WHERE line LIKE 'learning%'",
                from: database
            )
            #expect(lines == ["learning by heart"])
        }
    }

    @Test("a command whose worker was killed ends too, and the run begins anew", .timeLimit(.minutes(10)))
    func killedWorker() async throws {
        try await withFolder { folder in
            let program = folder.appending(path: "mine").path()
            let script = """
                #!/bin/sh
                if [ -e "$0.pid" ]; then exec touch "$2/model"; fi
                echo $$ > "$0.new"; mv "$0.new" "$0.pid"; exec sleep 1000
                """
            try Data(script.utf8).write(to: URL(filePath: program))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let chat = try BotProcess(
                "okaibot",
                ["chat"],
                environment: ["OKAI_COMMANDS": "mine=\(program)"],
                folder: folder,
                input: "/train \(Self.iris) command=mine\n"
            )
            try await eventually("it runs") { FileManager.default.fileExists(atPath: "\(program).pid") }
            let text = try String(contentsOfFile: "\(program).pid", encoding: .utf8)
            let pid = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            let database = folder.appending(path: "okai-data/chat/okai.sqlite").path()
            let handle = try #require(try SQLite.texts("SELECT handle FROM job", from: database).first)
            let worker = try Wire.decode(ProcessIdentity.self, from: Array(handle.utf8))
            kill(worker.pid, SIGKILL)
            let end = await chat.ended()
            #expect(end.code == 0, "\(end)")
            try await eventually("the command of the killed worker is gone") {
                let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
                return !String(decoding: command, as: UTF8.self).hasPrefix("sleep")
            }
            let starts = try SQLite.texts("SELECT rescues FROM job", from: database)
            #expect(starts == ["1"])
        }
    }

    @Test("a file on this machine is stored, trained on and asked about", .timeLimit(.minutes(10)))
    func files() async throws {
        try await withFolder { folder in
            try Data(Dataset.iris.csv).write(to: folder.appending(path: "my iris.csv"))
            try Data("petal_width,petal_length,sepal_width,sepal_length\n0.2,1.4,3.5,5.1\n".utf8)
                .write(to: folder.appending(path: "one.csv"))
            // A script goes on at once: what needs the end of a run comes in a second life.
            let first = "/store my iris.csv\n/store nothing.csv\n/train \(Self.iris) trees=5\n"
            let stored = try await BotProcess("okaibot", ["chat"], folder: folder, input: first).ended()
            #expect(stored.code == 0)
            #expect(stored.output.contains("Walrus blob · 3.9 KB · CSV\n\(Self.iris)"))
            #expect(stored.output.contains("(there is no file nothing.csv)"))
            let second = "/predict 2 one.csv\n/predict 2 'my iris.csv'\n"
            let asked = try await BotProcess("okaibot", ["chat"], folder: folder, input: second).ended()
            #expect(asked.output.contains("Run 2 · species\nsetosa"))
            let answer = folder.appending(path: "okai-data/chat/files/run-2-predictions.csv")
            #expect(asked.output.contains("File: "))
            #expect(try String(contentsOf: answer, encoding: .utf8).split(separator: "\n").count == 151)
            #expect(asked.errors == "")
        }
    }

    @Test(
        "the number of a button presses it: the model comes, its receipt is verified",
        .timeLimit(.minutes(10))
    )
    func numberedButton() async throws {
        try await withFolder { folder in
            let terminal = try PseudoTerminal(columns: 100)
            let chat = try BotProcess(
                "okaibot",
                ["chat"],
                folder: folder,
                terminal: terminal.end,
                isInteractive: true
            )
            try await eventually("it listens") { terminal.shown.contains("› ") }
            terminal.type("/train \(Self.iris) trees=5")
            try await eventually("it can be verified") { terminal.shown.contains("] 🔎 Verify") }
            let model = try #require(terminal.shown.firstMatch(of: /\[(\d+)\] ⬇️ Model/)?.1)
            terminal.type(String(model))
            try await eventually("the model is there") { terminal.shown.contains("run-1-model.onnx") }
            let file = folder.appending(path: "okai-data/chat/files/run-1-model.onnx").path()
            let id = try await BotProcess("okaibot", ["walrus", "id", file], folder: folder).ended().output
            #expect(id.count > 43 && terminal.shown.contains(id.prefix(43)))
            let button = try #require(terminal.shown.firstMatch(of: /\[(\d+)\] 🔎 Verify/)?.1)
            terminal.type(String(button))
            try await eventually("it was trained again") {
                terminal.shown.contains("Run 1: reproduced, bit for bit")
            }
            #expect(terminal.shown.contains("(Run 2 "))
            chat.send(SIGTERM)
            #expect(await chat.ended().code == 0)
        }
    }

    private func chat(_ input: String) async throws -> BotProcess.End {
        try await withFolder { try await BotProcess("okaibot", ["chat"], folder: $0, input: input).ended() }
    }
}

@Suite("The command line", .serialized)
struct CommandLineTests {
    @Test(
        "a command line that cannot be read ends with 2 and the usage",
        arguments: [["bogus"], ["walrus", "id"]]
    )
    func unreadable(_ arguments: [String]) async throws {
        let end = try await run(arguments)
        #expect(end.code == 2)
        #expect(end.errors.hasPrefix("Error: "))
        #expect(end.errors.contains("Usage: okaibot"))
    }

    @Test(
        "a value that cannot be used ends with 2 and one sentence",
        arguments: [
            (["train", "nofile", "--out", "x"], "\"nofile\" is neither a file nor a blob ID"),
            (
                ["train", "/dev/null", "trees=0", "--out", "x"],
                "trees is a whole number from 1 to 10000, but you sent \"0\""
            ),
            (
                ["train", "/dev/null", "command=mine", "--out", "x"],
                "there is no training command \"mine\"; this bot's owner configured none"
            ),
            (["predict", "nofile", "/dev/null"], "there is no file \"nofile\""),
            (["walrus", "get", "abc"], "\"abc\" is not a Walrus blob ID: 43 letters, digits, - or _"),
        ]
    )
    func unusable(_ arguments: [String], _ sentence: String) async throws {
        let end = try await run(arguments)
        #expect(end.code == 2)
        #expect(end.errors == "okaibot: \(sentence)\n")
    }

    @Test("walrus id prints the ID alone on its line", .timeLimit(.minutes(10)))
    func id() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        #expect(
            try await run(["walrus", "id", path]).output == "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8\n"
        )
        #expect(try await run(["walrus", "id", path, "--shards", "3"]).code == 2)
        #expect(try await run(["walrus", "id", "/nowhere"]).code == 1)
    }

    @Test("train writes a model, a report and a receipt; predict reads the model", .timeLimit(.minutes(10)))
    func train() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        try await withFolder { folder in
            let trained = try await BotProcess(
                "okaibot",
                ["train", path, "trees=20", "--out", "out", "--json"],
                folder: folder
            ).ended()
            #expect(trained.code == 0)
            let printed = try Wire.decode([String: AnyRecord].self, from: Array(trained.output.utf8))
            #expect(printed["receipt"]?.parameters?.trees == 20)
            #expect(printed["report"]?.testRows == 30)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "out").path()
            )
            #expect(files.sorted() == ["model.onnx", "receipt.json", "report.json"])
            let predicted = try await BotProcess(
                "okaibot",
                ["predict", "out/model.onnx", path, "--json"],
                folder: folder
            ).ended()
            #expect(predicted.output.split(separator: "\n").count == 150)
            let swapped = try await BotProcess(
                "okaibot",
                ["predict", path, "out/model.onnx"],
                folder: folder
            )
            .ended()
            #expect(swapped.code == 1)
            #expect(
                swapped.errors
                    == "okaibot: \(path): this is not a model made by OKAI Bot: it is not an ONNX file\n"
            )
        }
    }

    @Test(
        "who interrupts a training need not wait, and finds what was there before",
        arguments: [SIGINT, SIGTERM]
    )
    func interrupted(_ signal: Int32) async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        try await withFolder { folder in
            let out = folder.appending(path: "out").path()
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: folder.appending(path: "out/notes"))
            let arguments = ["train", path, "trees=10000", "folds=100", "--out", "out"]
            let train = try BotProcess("okaibot", arguments, folder: folder)
            try await eventually("it has begun") {
                try FileManager.default.contentsOfDirectory(atPath: out).count == 2
            }
            train.send(signal)
            let end = await train.ended()
            #expect(end.code == 1)
            #expect(end.output == "")
            #expect(end.errors.hasSuffix("okaibot: cancelled\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["notes"])
        }
    }

    /// A few fields of a receipt or a report.
    private struct AnyRecord: Decodable {
        var parameters: TrainParameters?
        var testRows: Int?
    }

    @Test("the configuration masks secrets and names unknown keys", .timeLimit(.minutes(10)))
    func configuration() async throws {
        let end = try await run(["config"], ["TELEGRAM_BOT_TOKEN": "123:AASecretSecret"])
        #expect(end.code == 0)
        #expect(end.output.contains("TELEGRAM_BOT_TOKEN=(set)"))
        #expect(!end.output.contains("Secret"))
        try await withFolder { folder in
            try Data(#"{"WEBHOOK_PROT": 1}"#.utf8).write(to: folder.appending(path: "c.json"))
            let end = try await BotProcess("okaibot", ["config", "--config", "c.json"], folder: folder)
                .ended()
            #expect(end.code == 2)
            #expect(end.errors.contains("there is no setting \"WEBHOOK_PROT\""))
        }
    }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws
        -> BotProcess.End
    {
        try await withFolder {
            try await BotProcess("okaibot", arguments, environment: environment, folder: $0).ended()
        }
    }
}
