import Contract
import Foundation
import Support
import Testing

extension WorkerSuites {
    @Suite("Predicting without a bot", .timeLimit(.minutes(10)))
    struct PredictVerbTests {
        @Test("each kind of model predicts numbers", arguments: LearnerKind.allCases)
        func regression(_ model: LearnerKind) async throws {
            try await withTemporaryFolder { folder in
                let rows = (0..<200).map { "\($0 * 37 % 101),\(Double($0 * 37 % 101) / 2)\n" }
                let file = try VerbRuns.write(Array(("x,y\n" + rows.joined()).utf8), to: "\(folder)/line.csv")
                var parameters = TrainParameters()
                parameters.model = model
                let summary = try await VerbRuns.train(file, to: "\(folder)/out", parameters, json: false)
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

        @Test("unused columns are named on standard error, and missing ones in the error")
        func columns() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await VerbRuns.train(file, to: "\(folder)/out")
                let model = "\(folder)/out/model.onnx"
                let more = try VerbRuns.write(
                    Array("id,petal_width,petal_length,sepal_width,sepal_length\n7,0.2,1.4,3.5,5.1\n".utf8),
                    to: "\(folder)/more.csv"
                )
                let result = try await VerbRuns.predict(model, more)
                #expect(result.output.split(separator: "\n").last?.hasPrefix("setosa,") == true)
                #expect(result.errors == "columns that the model does not use: id\n")
                let fewer = try VerbRuns.write(
                    Array("id,sepal_width\n7,3.5\n".utf8),
                    to: "\(folder)/fewer.csv"
                )
                let failed = try await VerbRuns.predict(model, fewer)
                #expect(failed.status == 1)
                #expect(failed.errors.contains("\"sepal_length\", \"petal_length\", \"petal_width\""))
            }
        }

        @Test("a table is read with the given separator, quotes, decimal mark and header")
        func dialect() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await VerbRuns.train(file, to: "\(folder)/out")
                let model = "\(folder)/out/model.onnx"
                let row = try VerbRuns.write(Array("5,1;3,5;1,4;0,2\n".utf8), to: "\(folder)/row.csv")
                var dialect = TableDialect()
                (dialect.header, dialect.decimal) = (false, .comma)
                let result = try await VerbRuns.predict(model, row, dialect: dialect)
                #expect(
                    result.output.split(separator: "\n").last?.hasPrefix("setosa,") == true,
                    "\(result.errors)"
                )
                dialect.header = true
                let refused = try await VerbRuns.predict(model, row, dialect: dialect)
                #expect(refused.status == 1)
            }
        }

        @Test("predictions are printed as CSV and as JSON, with the same numbers")
        func predicting() async throws {
            try await withTemporaryFolder { folder in
                let file = try VerbRuns.write(Dataset.iris(), to: "\(folder)/iris.csv")
                _ = try await VerbRuns.train(file, to: "\(folder)/out")
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

        private struct Prediction: Decodable {
            var label: String
            var probabilities: [Float?]
        }

        private func predict(_ model: String, _ csv: String, json: Bool) async throws -> [Substring] {
            let result = try await VerbRuns.predict(model, csv, json: json)
            #expect(result.status == 0, "\(result.errors)")
            return result.output.split(separator: "\n")
        }
    }
}
