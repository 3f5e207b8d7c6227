import Contract
import Foundation
import Glibc
import Support
import Testing

extension WorkerSuites {
    @Suite("The owner's training command", .timeLimit(.minutes(10)))
    struct TrainingCommandTests {
        /// Runs `okai-worker train` with `script` as the training command, in `folder`.
        private func train(_ script: String, in folder: String, command: String = "mine") async throws
            -> Program.Result
        {
            let request = try prepare(script, in: folder, command: command)
            return try await Program("okai-worker").run(
                ["train"],
                input: WorkerRequest.train(request).encoded(),
                environment: ["OKAI_COMMANDS": "mine=\(folder)/mine", "TELEGRAM_BOT_TOKEN": "a-secret"]
            )
        }

        private func prepare(_ script: String, in folder: String, command: String = "mine") throws
            -> WorkerRequest.Train
        {
            let program = "\(folder)/mine"
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            try Data(Dataset.iris()).write(to: URL(filePath: "\(folder)/iris.csv"))
            var parameters = TrainParameters()
            parameters.command = command
            return WorkerRequest.Train(
                file: "\(folder)/iris.csv",
                parameters: parameters,
                out: "\(folder)/results"
            )
        }

        @Test("the command gets the dataset and the settings, and its model and metrics become the results")
        func whole() async throws {
            try await withTemporaryFolder { folder in
                let script = #"""
                    set -e
                    echo "25% half of the half"
                    grep -q '"command":"mine"' "$1/parameters.json"
                    env > "$2/model.txt"
                    sha256sum < "$1/dataset.csv" >> "$2/model.txt"
                    echo '{"loss": 0.25, "accuracy": 0.9}' > "$2/metrics.json"
                    """#
                let result = try await train(script, in: folder)
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output.hasPrefix("accuracy  0.9\nloss  0.25\n"))
                #expect(result.errors.contains("training 25 %  half of the half"))
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/results").sorted()
                #expect(names == ["model.txt", "receipt.json"])
                let receipt = try Wire.decode(
                    Receipt.self,
                    from: Data(contentsOf: URL(filePath: "\(folder)/results/receipt.json"))
                )
                #expect(receipt.parameters.command == "mine")
                #expect(receipt.trainer == nil)
                #expect(receipt.metrics.figures?.map(\.name) == ["accuracy", "loss"])
                let model = try String(contentsOfFile: "\(folder)/results/model.txt", encoding: .utf8)
                #expect(model.contains(try #require(receipt.dataset.sha256)))
                #expect(!model.contains("a-secret"))
                #expect(model.utf8.count == receipt.model.size)
            }
        }

        @Test(
            "an error of the command is printed, and no results remain",
            arguments: [
                (
                    "echo starting; echo no memory >&2; exit 3",
                    "the training command mine ended with code 3: no memory"
                ),
                ("kill -9 $$", "the training command mine was killed by signal 9"),
                ("true", "left no file named model or model.*"),
                (#"ln -s /etc/passwd "$2/model.bin""#, "left no file named model or model.*"),
                (
                    #"touch "$2/model.a" "$2/model.b""#,
                    "left 2 models, but only one is allowed: model.a, model.b"
                ),
                (
                    #"touch "$2/model"; echo '[1]' > "$2/metrics.json""#,
                    "metrics.json of the training command is not"
                ),
                (
                    #"touch "$2/model"; echo >> "$1/dataset.csv""#,
                    "the dataset changed while the training command ran"
                ),
            ]
        )
        func failures(script: String, sentence: String) async throws {
            try await withTemporaryFolder { folder in
                let result = try await train(script, in: folder)
                #expect(result.status == 1)
                #expect(result.errors.contains(sentence), "\(result.errors)")
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/results"))
            }
        }

        @Test("a metric that is not a number is ignored with a message")
        func texts() async throws {
            try await withTemporaryFolder { folder in
                let script = #"touch "$2/model"; echo '{"loss": 0.5, "kind": "deep"}' > "$2/metrics.json""#
                let result = try await train(script, in: folder)
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.output.hasPrefix("loss  0.5\nmodel "))
                #expect(result.errors.contains("\"kind\" is not a number and is ignored"))
            }
        }

        @Test("no signal is blocked for the command")
        func signals() async throws {
            try await withTemporaryFolder { folder in
                // Read by the shell itself, because a shell unblocks signals for its children.
                let script = #"""
                    while read -r key value; do
                        [ "$key" != SigBlk: ] || echo "$value" > "$2/model"
                    done < /proc/$$/status
                    """#
                let result = try await train(script, in: folder)
                #expect(result.status == 0, "\(result.errors)")
                let blocked = try String(contentsOfFile: "\(folder)/results/model", encoding: .utf8)
                #expect(blocked == "0000000000000000\n")
            }
        }

        @Test("a command that the owner did not configure is refused")
        func unknown() async throws {
            try await withTemporaryFolder { folder in
                let result = try await train(#"touch "$2/model""#, in: folder, command: "../mine")
                #expect(result.status == 1)
                #expect(result.errors.contains("there is no training command \"../mine\"; there are: mine"))
            }
        }

        @Test("a cancel ends all processes of the command, also those that ignore SIGTERM")
        func cancel() async throws {
            try await withTemporaryFolder { folder in
                let script =
                    "trap '' TERM; (trap '' TERM; echo $$ started; while :; do sleep 1; done) & sleep 600"
                var request = try prepare("echo $$ > \(folder)/pid; \(script)", in: folder)
                request.json = true
                let process = Process()
                process.executableURL = URL(filePath: try Program("okai-worker").path)
                process.arguments = ["train"]
                process.environment = ["OKAI_COMMANDS": "mine=\(folder)/mine", "PATH": "/usr/bin:/bin"]
                let input = Pipe()
                (process.standardInput, process.standardError) = (input, FileHandle.nullDevice)
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                try input.fileHandleForWriting.write(contentsOf: WorkerRequest.train(request).encoded())
                try input.fileHandleForWriting.close()
                let file = "\(folder)/pid"
                try await eventually("it runs") {
                    FileManager.default.contents(atPath: file)?.last == UInt8(ascii: "\n")
                }
                let text = try String(contentsOfFile: file, encoding: .utf8)
                let leader = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
                #expect(kill(-leader, 0) == 0)
                process.interrupt()
                process.waitUntilExit()
                #expect(process.terminationStatus == 1)
                try await eventually("its process group is gone") { kill(-leader, 0) != 0 }
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/results"))
            }
        }
    }
}
