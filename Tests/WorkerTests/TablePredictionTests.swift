import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A predict job for a table", .timeLimit(.minutes(10)))
    struct TablePredictionTests {
        /// The bot's state after a predict job for the table `csv` with the model of iris.
        private func ask(_ csv: [UInt8], asBlob: Bool = false) async throws -> BotFake.State {
            let training = try JobFixture.train(Dataset.iris())
            #expect(try await training.runWorker())
            guard case .trained(let result)? = training.bot.state.outcome else { return training.bot.state }
            let model = try #require(training.walrus.state.blobs[result.model.id])
            let table: PredictTable =
                asBlob ? .blob(try WalrusFake.id(of: csv)) : .file(ChatFile(id: "f", name: "rows.csv"))
            let fixture = JobFixture(
                .predict(
                    PredictArguments(run: 7, model: result.model.id, names: nil, cells: [], table: table)
                )
            )
            _ = try fixture.walrus.put(model)
            if asBlob {
                _ = try fixture.walrus.put(csv)
            } else {
                fixture.bot.change { $0.files.content = csv }
            }
            #expect(try await fixture.runWorker())
            return fixture.bot.state
        }

        private func prediction(_ state: BotFake.State) throws -> Prediction {
            guard case .predicted(let prediction)? = state.outcome else {
                throw NoPrediction(end: "\(String(describing: state.end))")
            }
            return prediction
        }

        @Test(
            "a few rows are answered one by one, and columns may have any order",
            arguments: [false, true]
        )
        func few(asBlob: Bool) async throws {
            let csv = """
                petal_width,colour,petal_length,sepal_width,sepal_length,species
                0.2,red,1.4,3.5,5.1,setosa
                2.5,blue,6.0,3.3,6.3,
                """
            let state = try await ask(Array(csv.utf8), asBlob: asBlob)
            let prediction = try prediction(state)
            #expect(prediction.rows.map(\.predicted) == ["setosa", "virginica"])
            #expect(prediction.rows.map(\.cells) == [["1"], ["2"]])
            #expect(prediction.notes == ["Columns that the model does not use: \"colour\"."])
            #expect(prediction.file == nil)
            #expect(state.files.answer == nil)
        }

        @Test("many rows are answered by a file with a line for each, and by a summary")
        func many() async throws {
            let state = try await ask(try Dataset.iris())
            let prediction = try prediction(state)
            #expect(prediction.rows == [])
            #expect(prediction.summary?.rows == 150)
            #expect(
                Set(prediction.summary?.shares.map(\.label) ?? []) == ["setosa", "versicolor", "virginica"]
            )
            let answer = try #require(state.files.answer)
            #expect(prediction.file == AnswerFile(name: "run-7-predictions.csv", size: answer.count))
            let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 151)
            #expect(lines[0] == "label,setosa,versicolor,virginica")
            #expect(lines[1].hasPrefix("setosa,"))
        }

        @Test("a missing column is named, with the columns of the table")
        func missing() async throws {
            let state = try await ask(Array("petal_width,sepal_length\n1,2\n3,4\n".utf8))
            #expect(
                state.failure?.reason
                    == "the model needs the columns \"sepal_width\", \"petal_length\", but the table has petal_width, sepal_length"
            )
            #expect(state.failure?.remedy == nil)
        }

        @Test("categories that are not in the training data are named")
        func unseen() async throws {
            let rows = (0..<60).map { $0.isMultiple(of: 2) ? "red,\($0),yes" : "blue,\($0),no" }
            let training = try JobFixture.train(
                Array(("colour,size,good\n" + rows.joined(separator: "\n")).utf8)
            )
            #expect(try await training.runWorker())
            guard case .trained(let result)? = training.bot.state.outcome else {
                Issue.record("\(String(describing: training.bot.state.end))")
                return
            }
            let fixture = JobFixture(
                .predict(
                    PredictArguments(
                        run: 7,
                        model: result.model.id,
                        names: ["colour", "size"],
                        cells: ["green", "5"]
                    )
                )
            )
            _ = try fixture.walrus.put(try #require(training.walrus.state.blobs[result.model.id]))
            #expect(try await fixture.runWorker())
            let prediction = try prediction(fixture.bot.state)
            #expect(
                prediction.notes == [
                    "In colour, values that are not in the training data count as missing: \"green\"."
                ]
            )
        }
    }
}

private struct NoPrediction: Error {
    let end: String
}
