import Contract
import Foundation
import Support
import Synchronization
import Testing
import Worker

extension WorkerSuites {
    @Suite("Training and predicting without a bot", .timeLimit(.minutes(1)))
    struct CommandTests {
        private func train(
            _ file: String,
            to out: String,
            _ parameters: TrainParameters = .init(),
            json: Bool = true
        )
            async throws -> Program.Result
        {
            let request = TrainRequest(file: file, parameters: parameters, out: out, json: json)
            return try await Program("okai-worker").run(["train"], input: Wire.encode(request))
        }

        private func write(_ bytes: [UInt8], to path: String) throws -> String {
            try Data(bytes).write(to: URL(filePath: path))
            return path
        }

        @Test("a training leaves model, report and receipt, and says what their IDs are")
        func training() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let printed = try await train(file, to: "\(folder)/out")
                #expect(printed.status == 0, "\(printed.errors)")
                let receipt = try Wire.decode(Receipt.self, from: printed.output.utf8)
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out").sorted()
                #expect(names == ["model.onnx", "receipt.json", "report.json"])
                let model = Array(try Data(contentsOf: URL(filePath: "\(folder)/out/model.onnx")))
                #expect(try BlobShelf.id(of: model) == receipt.model.id)
                #expect(model.count == receipt.model.size)
            }
        }

        @Test("a summary for people has the accuracy and the model's ID")
        func summary() async throws {
            try await withTemporaryFolder { folder in
                let file = try write(Dataset.iris(), to: "\(folder)/iris.csv")
                let exact = try await train(file, to: "\(folder)/out")
                let receipt = try Wire.decode(Receipt.self, from: exact.output.utf8)
                let summary = try await train(file, to: "\(folder)/out", json: false)
                #expect(summary.status == 0)
                #expect(summary.output.contains("accuracy "))
                #expect(summary.output.contains("\(receipt.model.id)"))
                #expect(!summary.errors.contains("\u{1B}"))
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

        private struct TrainRequest: Encodable {
            var file: String
            var parameters: TrainParameters
            var out: String
            var json: Bool
        }

        private struct PredictRequest: Encodable {
            var model: String
            var csv: String
            var json: Bool
        }

        private struct Prediction: Decodable {
            var label: String
            var probabilities: [Float?]
        }

        private func predict(_ model: String, _ csv: String, json: Bool) async throws -> [Substring] {
            let request = PredictRequest(model: model, csv: csv, json: json)
            let result = try await Program("okai-worker").run(["predict"], input: Wire.encode(request))
            #expect(result.status == 0, "\(result.errors)")
            return result.output.split(separator: "\n")
        }
    }
}
