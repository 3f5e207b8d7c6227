import Contract
import Crypto
import Foundation
import Support
import Synchronization
import Testing
import Trainer
import Worker

extension WorkerSuites {
    @Suite("Training and predicting without a bot", .timeLimit(.minutes(1)))
    struct CommandTests {
        private func train(
            _ file: String,
            to out: String,
            _ parameters: TrainParameters = .init(),
            json: Bool = true,
            ids: Bool = false
        )
            async throws -> Program.Result
        {
            let request = TrainRequest(file: file, parameters: parameters, out: out, json: json, ids: ids)
            return try await Program("okai-worker").run(["train"], input: Wire.encode(request))
        }

        private func write(_ bytes: [UInt8], to path: String) throws -> String {
            try Data(bytes).write(to: URL(filePath: path))
            return path
        }

        @Test("a training leaves model, report and receipt, and says which files they are")
        func training() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let result = try await train(file, to: "\(folder)/out")
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

        @Test("blob IDs are in the receipt where they were asked for, and in the summary")
        func ids() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let summary = try await train(file, to: "\(folder)/out", json: false, ids: true)
                #expect(summary.status == 0)
                let receipt = try Wire.decode(
                    Receipt.self,
                    from: Data(contentsOf: URL(filePath: "\(folder)/out/receipt.json"))
                )
                let model = Array(try Data(contentsOf: URL(filePath: "\(folder)/out/model.onnx")))
                #expect(receipt.model.id == (try BlobShelf.id(of: model)))
                #expect(receipt.dataset.id == (try BlobShelf.id(of: Dataset.iris())))
                #expect(summary.output.contains("\(try BlobShelf.id(of: model))"))
            }
        }

        @Test("a summary for people has the scores, the baseline and what was decided")
        func summary() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let summary = try await train(file, to: "\(folder)/out", json: false)
                #expect(summary.status == 0)
                for words in [
                    "accuracy  ", "95 % confidence", "baseline  ", "decided  ", "warning  ",
                    "120 learnt from, 30 held back, seed 42", "100 trees, ", " learning, ", " MiB at most",
                ] {
                    #expect(summary.output.contains(words), "\(words)")
                }
                #expect(!summary.errors.contains("\u{1B}"))
            }
        }

        @Test("numbers are learnt and said as well as classes", arguments: LearnerKind.allCases)
        func regression(_ model: LearnerKind) async throws {
            try await withTemporaryFolder { folder in
                let rows = (0..<200).map { "\($0 * 37 % 101),\(Double($0 * 37 % 101) / 2)\n" }
                let file = try write(Array(("x,y\n" + rows.joined()).utf8), to: "\(folder)/line.csv")
                var parameters = TrainParameters()
                parameters.model = model
                let summary = try await train(file, to: "\(folder)/out", parameters, json: false)
                #expect(summary.status == 0, "\(summary.errors)")
                #expect(summary.output.hasPrefix("R²  "))
                let lines = try await predict("\(folder)/out/model.onnx", file, json: false)
                #expect(lines.first == "value")
                #expect(abs(try #require(Double(lines[1]))) < 6)
                #expect(
                    try await predict("\(folder)/out/model.onnx", file, json: true)[0].hasPrefix(
                        "{\"value\":"
                    )
                )
            }
        }

        @Test("columns that the model does not take are named, and so are those that lack")
        func columns() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await train(file, to: "\(folder)/out")
                let model = "\(folder)/out/model.onnx"
                let more = try write(
                    Array("id,petal_width,petal_length,sepal_width,sepal_length\n7,0.2,1.4,3.5,5.1\n".utf8),
                    to: "\(folder)/more.csv"
                )
                let result = try await runPredict(model, more)
                #expect(result.output.split(separator: "\n").last?.hasPrefix("setosa,") == true)
                #expect(result.errors == "columns that the model does not take: id\n")
                let fewer = try write(Array("id,sepal_width\n7,3.5\n".utf8), to: "\(folder)/fewer.csv")
                let failed = try await runPredict(model, fewer)
                #expect(failed.status == 1)
                #expect(failed.errors.contains("\"sepal_length\", \"petal_length\", \"petal_width\""))
            }
        }

        @Test("a table is read as somebody says that it is written")
        func dialect() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await train(file, to: "\(folder)/out")
                let model = "\(folder)/out/model.onnx"
                let row = try write(Array("5,1;3,5;1,4;0,2\n".utf8), to: "\(folder)/row.csv")
                var dialect = TableDialect()
                (dialect.header, dialect.decimal) = (false, .comma)
                let said = try await runPredict(model, row, dialect: dialect)
                #expect(
                    said.output.split(separator: "\n").last?.hasPrefix("setosa,") == true,
                    "\(said.errors)"
                )
                dialect.header = true
                let refused = try await runPredict(model, row, dialect: dialect)
                #expect(refused.status == 1)
            }
        }

        @Test("a training that fails says why in one line and leaves nothing")
        func failing() async throws {
            try await withTemporaryFolder { folder in
                var parameters = TrainParameters()
                parameters.target = "price"
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let result = try await train(file, to: "\(folder)/out", parameters)
                #expect(result.status == 1)
                #expect(result.errors.split(separator: "\n").last?.contains("\"price\"") == true)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["iris.csv"])
                let missing = try await train("\(folder)/nothing.csv", to: "\(folder)/out")
                #expect(missing.status == 1)
                #expect(missing.errors.contains("No such file"))
            }
        }

        @Test(
            "a folder that cannot take results is refused in a sentence",
            arguments: ["", "/proc/x", "file"]
        )
        func folders(_ name: String) async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/file")
                let out = name == "file" ? "\(folder)/file" : name
                let result = try await train(file, to: out)
                #expect(result.status == 1)
                #expect(result.errors.contains("folder"), "\(result.errors)")
                #expect(!result.errors.contains("Error"), "\(result.errors)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
            }
        }

        @Test("a training that fails leaves none of the folders that it made")
        func parents() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                var wrong = TrainParameters()
                wrong.target = "price"
                _ = try await train(file, to: "\(folder)/a/b/c", wrong)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["iris.csv"])
            }
        }

        @Test("what an earlier training of another kind left goes, and nothing else")
        func leftovers() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await train(file, to: "\(folder)/out")
                let place = "\(folder)/out"
                try FileManager.default.moveItem(atPath: "\(place)/model.onnx", toPath: "\(place)/model.pkl")
                _ = try write([1], to: "\(place)/model.py")
                _ = try await train(file, to: place)
                let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
                #expect(names == ["model.onnx", "model.py", "receipt.json", "report.json"])
            }
        }

        @Test("a full disk under standard output is a failure", arguments: ["train", "predict"])
        func full(_ verb: String) async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await train(file, to: "\(folder)/out")
                let input =
                    verb == "train"
                    ? try Wire.encode(
                        TrainRequest(file: file, parameters: .init(), out: "\(folder)/out", json: true)
                    )
                    : try Wire.encode(
                        PredictRequest(model: "\(folder)/out/model.onnx", csv: file, json: false)
                    )
                let request = try write(input, to: "\(folder)/request")
                let (process, errors) = (Process(), Pipe())
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = [
                    "-c", #"exec "$0" "$1" < "$2" > /dev/full"#, try Program("okai-worker").path, verb,
                    request,
                ]
                process.standardError = errors
                try process.run()
                let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 1)
                #expect(said.contains("cannot write to standard output: No space left on device"))
            }
        }

        @Test("a training that is stopped leaves nothing, at once")
        func stopping() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.noise(), to: "\(folder)/noise.csv")
                let request = TrainRequest(file: file, parameters: .endless, out: "\(folder)/out", json: true)
                let stop = StopSignal()
                let clock = ContinuousClock()
                let verb = try Wire.decode(TrainVerb.Request.self, from: Wire.encode(request))
                let raised = Mutex<ContinuousClock.Instant?>(nil)
                await #expect(throws: CancellationError.self) {
                    try await stop.cancels {
                        try await TrainVerb(verb).run { _ in
                            raised.withLock { $0 = $0 ?? clock.now }
                            stop.raise()
                        }
                    }
                }
                let progress = raised.withLock { $0 }
                let start = try #require(progress)
                #expect(start.duration(to: clock.now) < .seconds(1))
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["noise.csv"])
            }
        }

        @Test("what a model predicts is printed as CSV and as JSON, with the same numbers")
        func predicting() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await train(file, to: "\(folder)/out")
                let lines = try await predict("\(folder)/out/model.onnx", file, json: false)
                let objects = try await predict("\(folder)/out/model.onnx", file, json: true)
                #expect(lines.first == "label,setosa,versicolor,virginica")
                #expect(lines.count == 151)
                for (line, object) in zip(lines.dropFirst(), objects) {
                    let prediction = try Wire.decode(Prediction.self, from: object.utf8)
                    let fields = line.split(separator: ",")
                    #expect(prediction.label == fields[0])
                    #expect(prediction.probabilities == fields.dropFirst().map { Float($0) })
                }
                #expect(lines[1].hasPrefix("setosa,"))
            }
        }

        /// What `--json` prints.
        private struct Printed: Decodable {
            var receipt: Receipt
            var report: Trainer.Report
        }

        private struct PredictRequest: Encodable {
            var model: String
            var csv: String
            var json: Bool
            var dialect: TableDialect?
        }

        private struct Prediction: Decodable {
            var label: String
            var probabilities: [Float?]
        }

        private func predict(_ model: String, _ csv: String, json: Bool) async throws -> [Substring] {
            let result = try await runPredict(model, csv, json: json)
            #expect(result.status == 0, "\(result.errors)")
            return result.output.split(separator: "\n")
        }

        private func runPredict(
            _ model: String,
            _ csv: String,
            json: Bool = false,
            dialect: TableDialect? = nil
        ) async throws -> Program.Result {
            let request = PredictRequest(model: model, csv: csv, json: json, dialect: dialect)
            return try await Program("okai-worker").run(["predict"], input: Wire.encode(request))
        }
    }
}

extension Digest {
    fileprivate var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
