import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A predict job", .timeLimit(.minutes(10)))
    struct PredictJobTests {
        /// The end of a predict job with the model of iris.
        private func ask(_ cells: [String], names: [String]? = nil) async throws -> WorkerEvent? {
            let training = try JobFixture.train(Dataset.iris())
            #expect(try await training.runWorker())
            guard case .trained(let result)? = training.bot.state.outcome else { return nil }
            let model = try #require(training.walrus.state.blobs[result.model.id])
            let arguments = PredictArguments(run: 7, model: result.model.id, names: names, cells: cells)
            let fixture = JobFixture(.predict(arguments))
            _ = try fixture.walrus.put(model)
            #expect(try await fixture.runWorker())
            return fixture.bot.state.end
        }

        private func prediction(_ cells: [String], names: [String]? = nil) async throws -> Prediction? {
            guard case .completed(.predicted(let prediction))? = try await ask(cells, names: names) else {
                return nil
            }
            return prediction
        }

        private func reason(_ cells: [String], names: [String]? = nil) async throws -> String? {
            guard case .failed(let failure)? = try await ask(cells, names: names) else { return nil }
            return failure.reason
        }

        @Test("values without names are in the model's order, row after row")
        func positions() async throws {
            let prediction = try await prediction(["5.1", "3.5", "1.4", "0.2", "6.3", "3.3", "6.0", "2.5"])
            #expect(prediction?.target == "species")
            #expect(prediction?.rows.map(\.predicted) == ["setosa", "virginica"])
            #expect(prediction?.rows.first?.shares.first == .init(label: "setosa", share: 1))
        }

        @Test("named values may have any order, and may be empty")
        func names() async throws {
            let names = ["petal_length", "petal_width", "sepal_length", "sepal_width"]
            #expect(
                try await prediction(["6.0", "2.5", "6.3", "3.3"], names: names)?.rows[0].predicted
                    == "virginica"
            )
            #expect(
                try await prediction(["6.0", "2.5", "", "3.3"], names: names)?.rows[0].predicted
                    == "virginica"
            )
        }

        @Test("an error in the values names the features of the model")
        func problems() async throws {
            #expect(
                try await reason(["1", "2", "3"])
                    == "the model needs 4 values a row (sepal_length, sepal_width, petal_length, petal_width), but you sent 3"
            )
            let features = "sepal_length, sepal_width, petal_length, petal_width"
            #expect(
                try await reason(["1", "2"], names: ["petal_length", "petal_width"])
                    == "you gave no value for sepal_length, sepal_width; the model needs \(features)"
            )
            #expect(
                try await reason(["2"], names: ["petal"])
                    == "the model has no feature petal; its features are \(features)"
            )
            #expect(
                try await reason(["a", "2", "3", "4"])
                    == "sepal_length must be a number, but you sent \"a\""
            )
            let names = ["petal_length", "petal_width", "sepal_length", "sepal_width", "colour"]
            #expect(try await reason(["1", "2", "3", "4", "red"], names: names)?.contains("colour") == true)
        }

        @Test("a blob that is not a model is refused")
        func foreign() async throws {
            let fixture = JobFixture(
                .predict(
                    PredictArguments(
                        run: 1,
                        model: try WalrusFake.id(of: [1, 2, 3]),
                        names: nil,
                        cells: ["1"]
                    )
                )
            )
            _ = try fixture.walrus.put([1, 2, 3])
            #expect(try await fixture.runWorker())
            guard case .failed(let failure)? = fixture.bot.state.end else {
                Issue.record("the job did not fail")
                return
            }
            #expect(!failure.isTemporary)
        }
    }
}
