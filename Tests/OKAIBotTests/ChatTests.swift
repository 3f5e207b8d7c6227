import Contract
import Foundation
import Glibc
import Support
import Testing

/// `okaibot chat`, in a terminal or with lines from a file.
@Suite("The bot in a terminal", .serialized)
struct ChatTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    @Test("lines from a file are answered, and the chat ends after the last run", .timeLimit(.minutes(10)))
    func script() async throws {
        let end = try await chat("/train \(Self.iris)\n/status\n")
        #expect(end.code == 0)
        #expect(end.output.contains("Run 1 finished · accuracy"))
        #expect(end.output.contains("Receipt"))
        #expect(end.errors == "")
    }

    @Test("after a failed run the chat ends with 1 and reports why and what to do", .timeLimit(.minutes(10)))
    func failure() async throws {
        let end = try await chat("/train \(Self.iris) target=price\n")
        #expect(end.code == 1)
        #expect(end.output.contains("Run 1 failed while reading: no column named \"price\""))
        #expect(end.output.contains("target=NAME"))
    }

    @Test("a chat with the settings of a rented engine starts, and rents nothing", .timeLimit(.minutes(10)))
    func noRentedMachines() async throws {
        let end = try await chat("/train \(Self.iris) engine=fluence\n", ["FLUENCE_API_KEY": "a key"])
        #expect(end.output.contains("Fluence") || end.output.contains("fluence"), "\(end)")
        #expect(!end.errors.contains("PUBLIC_URL"), "\(end)")
    }

    @Test("the same training gives the same model and receipt", .timeLimit(.minutes(10)))
    func repeated() async throws {
        let output = try await chat("/train \(Self.iris)\n/train 1\n").output
        let ids = output.matches(of: /Model ·.*\n(\S{43})\nReceipt\n(\S{43})/).map { [$0.1, $0.2] }
        #expect(ids.count == 2)
        #expect(Set(ids).count == 1)
    }

    @Test(
        "a wrong command is answered with the error, the allowed values and an example",
        .timeLimit(.minutes(10))
    )
    func usage() async throws {
        let output = try await chat("/train \(Self.iris) trees=many\n/nonsense\nhello\n\n/cancel\n").output
        #expect(output.contains("trees is a whole number from 1 to 10000, but you sent \"many\""))
        #expect(output.contains("/nonsense"))
        #expect(output.contains("Paste a Walrus blob ID"))
        #expect(output.contains("no run to cancel"))
    }

    @Test(
        "a script learns from the exit code that work failed, or that a line was refused",
        .timeLimit(.minutes(10)),
        arguments: [
            ("/status 31\n/help\n", 2), ("/unregister nothing\n", 2), ("/train\n", 2), ("/cancel 4 5\n", 2),
            ("/build\n", 2), ("/runs\n/cancel all\n/list\n", 0),
            ("AAA2--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooM\n", 0),
            ("/status 31\n/train \(iris) target=weather\n", 1),
        ]
    )
    func exitCodes(_ input: String, _ code: Int) async throws {
        let end = try await chat(input)
        #expect(Int(end.code) == code, "\(end)")
    }

    @Test(
        "a run goes on when its chat is killed, and the next chat shows its end",
        .timeLimit(.minutes(10))
    )
    func comeback() async throws {
        try await withTestFolder { folder in
            let blob = try Dataset.large.store(in: folder, blobs: "okai-data/chat/blobs")
            let input = "/train \(blob) trees=8000 depth=2\n"
            let first = try BotProcess("okaibot", ["chat"], folder: folder, input: input)
            try await eventually("the training has begun") { first.outputSoFar.contains("training ·") }
            first.send(SIGKILL)
            _ = await first.ended()
            let second = try await BotProcess("okaibot", ["chat"], folder: folder, input: "/logs\n").ended()
            #expect(second.code == 0)
            #expect(second.output.contains("Run 1 finished"))
            // The first worker ended the run: no other was started.
            let database = folder.appending(path: "okai-data/chat/okai.sqlite").path()
            let starts = try SQLite.texts("SELECT attempt || ' ' || rescues FROM job", from: database)
            #expect(starts == ["1 0"])
        }
    }

    @Test(
        "a training command of the owner runs, its lines are logged, and its model is stored",
        .timeLimit(.minutes(10))
    )
    func ownCommand() async throws {
        try await withTestFolder { folder in
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
            #expect(end.code == 2, "\(end)")
            #expect(end.output.contains("there is no training command \"rm\"; there are: mine"))
            #expect(end.output.contains("Run 1 finished · recall 1"))
            // The model is a copy of the dataset, so it has the same blob ID.
            #expect(end.output.contains(try Regex("Model · .*\n\(Self.iris)")))
            let database = folder.appending(path: "okai-data/chat/okai.sqlite").path()
            let lines = try SQLite.texts(
                "SELECT line FROM logLine WHERE line LIKE 'learning%'",
                from: database
            )
            #expect(lines == ["learning by heart"])
        }
    }

    @Test(
        "when a worker is killed, its training command ends too, and the job starts again",
        .timeLimit(.minutes(10))
    )
    func killedWorker() async throws {
        try await withTestFolder { folder in
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
            try await eventually("the command runs") {
                FileManager.default.fileExists(atPath: "\(program).pid")
            }
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

    @Test("a local file is stored, trained on and predicted", .timeLimit(.minutes(10)))
    func files() async throws {
        try await withTestFolder { folder in
            try Data(Dataset.iris.csv).write(to: folder.appending(path: "my iris.csv"))
            try Data("petal_width,petal_length,sepal_width,sepal_length\n0.2,1.4,3.5,5.1\n".utf8)
                .write(to: folder.appending(path: "one.csv"))
            // A script does not wait for runs: commands that need the end of a run are for a second chat.
            let first = "/store my iris.csv\n/store nothing.csv\n/train \(Self.iris) trees=5\n"
            let stored = try await BotProcess("okaibot", ["chat"], folder: folder, input: first).ended()
            // No run failed, but one line was wrong.
            #expect(stored.code == 2)
            #expect(stored.output.contains("Walrus blob · 3.9 KB · CSV\n\(Self.iris)"))
            #expect(stored.output.contains("nothing.csv"))
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
        "typing the number of a button presses it",
        .timeLimit(.minutes(10))
    )
    func numberedButton() async throws {
        try await withTestFolder { folder in
            let terminal = try PseudoTerminal(columns: 100)
            let chat = try BotProcess(
                "okaibot",
                ["chat"],
                folder: folder,
                terminal: terminal.end,
                isInteractive: true
            )
            try await eventually("the prompt is shown") { terminal.shown.contains("› ") }
            terminal.type("/train \(Self.iris) trees=5")
            try await eventually("the result is shown") { terminal.shown.contains("] 🔎 Verify") }
            let model = try #require(terminal.shown.firstMatch(of: /\[(\d+)\] ⬇️ Model/)?.1)
            terminal.type(String(model))
            try await eventually("the model is saved") { terminal.shown.contains("run-1-model.onnx") }
            let file = folder.appending(path: "okai-data/chat/files/run-1-model.onnx").path()
            let id = try await BotProcess("okaibot", ["walrus", "id", file], folder: folder).ended().output
            #expect(id.count > 43 && terminal.shown.contains(id.prefix(43)))
            let button = try #require(terminal.shown.firstMatch(of: /\[(\d+)\] 🔎 Verify/)?.1)
            terminal.type(String(button))
            try await eventually("the verification has ended") {
                terminal.shown.contains("Run 1: reproduced, bit for bit")
            }
            #expect(terminal.shown.contains("(Run 2 "))
            chat.send(SIGTERM)
            #expect(await chat.ended().code == 0)
        }
    }

    private func chat(
        _ input: String,
        _ environment: [String: String] = [:]
    ) async throws -> BotProcess.End {
        try await withTestFolder {
            try await BotProcess("okaibot", ["chat"], environment: environment, folder: $0, input: input)
                .ended()
        }
    }
}
