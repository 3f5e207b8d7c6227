import Contract
import Crypto
import Foundation
import Support
import Testing
import Trainer
import Walrus
import Worker

extension WorkerSuites {
    @Suite("Training without a bot", .timeLimit(.minutes(10)))
    struct TrainVerbTests {
        @Test("a training leaves model, report and receipt, and prints receipt and report")
        func training() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                let result = try await VerbRuns.train(file, to: "\(folder)/out")
                #expect(result.status == 0, "\(result.errors)")
                let printed = try Wire.decode(Printed.self, from: result.output.utf8)
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out").sorted()
                #expect(names == ["model.onnx", "receipt.json", "report.json"])
                let model = Array(try Data(contentsOf: URL(filePath: "\(folder)/out/model.onnx")))
                #expect(printed.receipt.model.size == model.count)
                #expect(printed.receipt.model.sha256 == SHA256.hash(data: model).hexadecimal)
                #expect(printed.receipt.dataset.sha256 == SHA256.hash(data: try Dataset.iris()).hexadecimal)
                #expect(printed.receipt.model.id == nil)
                #expect(printed.report.testRows == 30)
                #expect(printed.report.cost.modelSize == model.count)
                let report = try Data(contentsOf: URL(filePath: "\(folder)/out/report.json"))
                #expect(try Wire.decode(Trainer.Report.self, from: report) == printed.report)
            }
        }

        @Test("with `ids`, the receipt has blob IDs, and the summary has the blob ID of the model")
        func ids() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                let summary = try await VerbRuns.train(file, to: "\(folder)/out", json: false, ids: true)
                #expect(summary.status == 0)
                let receipt = try Wire.decode(
                    Receipt.self,
                    from: Data(contentsOf: URL(filePath: "\(folder)/out/receipt.json"))
                )
                let model = Array(try Data(contentsOf: URL(filePath: "\(folder)/out/model.onnx")))
                #expect(receipt.model.id == (try WalrusFake.id(of: model)))
                #expect(receipt.dataset.id == (try WalrusFake.id(of: Dataset.iris())))
                #expect(summary.output.contains("\(try WalrusFake.id(of: model))"))
            }
        }

        @Test("the summary has scores, baselines, top features, decisions and warnings")
        func summary() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                let summary = try await VerbRuns.train(file, to: "\(folder)/out", json: false)
                #expect(summary.status == 0)
                for words in [
                    "accuracy  ", " on 30 held-out rows\n", "95 % confidence", "baseline accuracy  ",
                    " by always predicting the most frequent class\n", "out-of-bag accuracy ",
                    "top feature  ",
                    "decision  ", "warning  ", "120 for training, 30 held out, seed 42", "100 trees, ",
                    " training, ", "; peak memory ",
                ] {
                    #expect(summary.output.contains(words), "\(words) in \(summary.output)")
                }
                #expect(!summary.errors.contains("\u{1B}"))
            }
        }

        @Test(
            "progress counts the trees of a forest, the rounds of boosting and the steps of a linear model",
            arguments: zip(LearnerKind.allCases, ["trees", "rounds", "steps"])
        )
        func progress(_ model: LearnerKind, _ unit: String) async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                var parameters = TrainParameters()
                parameters.model = model
                // So small that Newton's method needs more than the 8 steps after which a line is printed.
                if model == .linear { parameters.l2 = 1e-6 }
                let result = try await VerbRuns.train(file, to: "\(folder)/out", parameters)
                #expect(result.status == 0, "\(result.errors)")
                let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("training ") }
                let pattern = try Regex("training \\d+ %  \\d+ of \\d+ \(unit)")
                #expect(!lines.isEmpty)
                for line in lines { #expect(line.contains(pattern), "\(line)") }
            }
        }

        @Test("a training that fails prints one line and leaves no file")
        func failing() async throws {
            try await withTemporaryFolder { folder in
                var parameters = TrainParameters()
                parameters.target = "price"
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                let result = try await VerbRuns.train(file, to: "\(folder)/out", parameters)
                #expect(result.status == 1)
                #expect(result.errors.split(separator: "\n").last?.contains("\"price\"") == true)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["iris.csv"])
                let missing = try await VerbRuns.train("\(folder)/nothing.csv", to: "\(folder)/out")
                #expect(missing.status == 1)
                #expect(missing.errors.contains("No such file"))
            }
        }

        @Test(
            "a result folder that cannot be used is refused in one sentence",
            arguments: ["", "/proc/x", "file"]
        )
        func folders(_ name: String) async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/file")
                let out = name == "file" ? "\(folder)/file" : name
                let result = try await VerbRuns.train(file, to: out)
                #expect(result.status == 1)
                #expect(result.errors.contains("folder"), "\(result.errors)")
                #expect(!result.errors.contains("Error"), "\(result.errors)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
            }
        }

        @Test("a training that fails removes the folders that it created")
        func parents() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                var wrong = TrainParameters()
                wrong.target = "price"
                _ = try await VerbRuns.train(file, to: "\(folder)/a/b/c", wrong)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["iris.csv"])
            }
        }

        @Test("the results of an earlier training are replaced, other files stay")
        func leftovers() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await VerbRuns.train(file, to: "\(folder)/out")
                let place = "\(folder)/out"
                try FileManager.default.moveItem(atPath: "\(place)/model.onnx", toPath: "\(place)/model.pkl")
                _ = try VerbRuns.write([1], to: "\(place)/model.py")
                _ = try await VerbRuns.train(file, to: place)
                let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
                #expect(names == ["model.onnx", "model.py", "receipt.json", "report.json"])
            }
        }

        @Test("an error of standard output is a failure", arguments: [WorkerRequest.Verb.train, .predict])
        func full(_ verb: WorkerRequest.Verb) async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await VerbRuns.train(file, to: "\(folder)/out")
                let request: WorkerRequest =
                    verb == .train
                    ? .train(.init(file: file, out: "\(folder)/out", json: true))
                    : .predict(.init(model: "\(folder)/out/model.onnx", csv: file))
                let input = try VerbRuns.write(try request.encoded(), to: "\(folder)/request")
                let (process, errors) = (Process(), Pipe())
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = [
                    "-c", #"exec "$0" "$1" < "$2" > /dev/full"#, try Program("okai-worker").path,
                    verb.rawValue, input,
                ]
                process.standardError = errors
                try process.run()
                let message = String(
                    decoding: errors.fileHandleForReading.readDataToEndOfFile(),
                    as: UTF8.self
                )
                process.waitUntilExit()
                #expect(process.terminationStatus == 1)
                #expect(message.contains("cannot write to standard output: No space left on device"))
            }
        }

        @Test("a cancelled training ends within a second and leaves no file")
        func stopping() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.noise(), to: "\(folder)/noise.csv")
                let request = WorkerRequest.Train(
                    file: file,
                    parameters: .endless,
                    out: "\(folder)/out",
                    json: true
                )
                let stop = StopSignal()
                async let stopped: Void = {
                    try await eventually("the training has begun") {
                        FileManager.default.subpaths(atPath: "\(folder)/out")?.isEmpty == false
                    }
                    stop.raise()
                }()
                await #expect(throws: CancellationError.self) {
                    try await stop.cancelling { try await TrainVerb(request).run() }
                }
                try await stopped
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["noise.csv"])
            }
        }

        /// The output of `--json`.
        private struct Printed: Decodable {
            var receipt: Receipt
            var report: Trainer.Report
        }
    }
}
