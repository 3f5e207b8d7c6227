import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A predict job", .timeLimit(.minutes(1)))
    struct PredictJobTests {
        /// What the model of iris says.
        private func ask(_ cells: [String], names: [String]? = nil) async throws -> WorkerEvent? {
            let training = try Scene.train(Dataset.iris())
            #expect(try await training.play())
            guard case .trained(let result)? = training.bot.state.outcome else { return nil }
            let model = try #require(training.shelf.state.blobs[result.model.id])
            let arguments = PredictArguments(run: 7, model: result.model.id, names: names, cells: cells)
            let scene = Scene(.predict(arguments))
            _ = try scene.shelf.put(model)
            #expect(try await scene.play())
            return scene.bot.state.end
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

        @Test("values go in the model's order, row after row")
        func positions() async throws {
            let prediction = try await prediction(["5.1", "3.5", "1.4", "0.2", "6.3", "3.3", "6.0", "2.5"])
            #expect(prediction?.target == "species")
            #expect(prediction?.rows.map(\.said) == ["setosa", "virginica"])
            #expect(prediction?.rows.first?.shares.first == .init(label: "setosa", share: 1))
        }

        @Test("or by name, in any order; one may be left empty")
        func names() async throws {
            let names = ["petal_length", "petal_width", "sepal_length", "sepal_width"]
            #expect(
                try await prediction(["6.0", "2.5", "6.3", "3.3"], names: names)?.rows[0].said == "virginica"
            )
            #expect(
                try await prediction(["6.0", "2.5", "", "3.3"], names: names)?.rows[0].said == "virginica"
            )
        }

        @Test("what cannot be asked is said with what the model takes")
        func problems() async throws {
            #expect(
                try await reason(["1", "2", "3"])
                    == "the model takes 4 values a row (sepal_length, sepal_width, petal_length, petal_width), but you sent 3"
            )
            let features = "sepal_length, sepal_width, petal_length, petal_width"
            #expect(
                try await reason(["1", "2"], names: ["petal_length", "petal_width"])
                    == "you did not name sepal_length, sepal_width; the model takes \(features)"
            )
            #expect(
                try await reason(["a", "2", "3", "4"])
                    == "sepal_length is a number to the model, but you sent \"a\""
            )
            let names = ["petal_length", "petal_width", "sepal_length", "sepal_width", "colour"]
            #expect(try await reason(["1", "2", "3", "4", "red"], names: names)?.contains("colour") == true)
        }

        @Test("a blob that is no model of ours is refused")
        func foreign() async throws {
            let scene = Scene(
                .predict(
                    PredictArguments(
                        run: 1,
                        model: try BlobShelf.id(of: [1, 2, 3]),
                        names: nil,
                        cells: ["1"]
                    )
                )
            )
            _ = try scene.shelf.put([1, 2, 3])
            #expect(try await scene.play())
            guard case .failed(let failure)? = scene.bot.state.end else {
                Issue.record("it is no model")
                return
            }
            #expect(!failure.isTemporary)
        }
    }
}
