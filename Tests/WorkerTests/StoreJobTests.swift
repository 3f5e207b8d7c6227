import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A store job", .timeLimit(.minutes(1)))
    struct StoreJobTests {
        private func scene(_ bytes: [UInt8], named name: String = "iris.csv") -> Scene {
            let scene = Scene(.store(StoreArguments(file: ChatFile(id: "f", name: name, size: bytes.count))))
            scene.bot.change { $0.files.content = bytes }
            return scene
        }

        private func reason(_ bytes: [UInt8]) async throws -> String? {
            let scene = scene(bytes)
            #expect(try await scene.play())
            #expect(scene.shelf.state.stored == [])
            #expect(scene.bot.state.failure?.isTemporary == false)
            return scene.bot.state.failure?.reason
        }

        @Test("a table is stored under the ID of its bytes, and its card comes back")
        func table() async throws {
            let iris = try Dataset.iris()
            let scene = scene(iris)
            #expect(try await scene.play())
            guard case .stored(let card)? = scene.bot.state.outcome else {
                Issue.record("it ends with \(String(describing: scene.bot.state.end))")
                return
            }
            #expect(card.blob == StoredBlob(id: try BlobShelf.id(of: iris), size: iris.count))
            #expect(card.table?.rows == 150)
            #expect(scene.shelf.state.stored == [card.blob.id])
            #expect(scene.shelf.state.blobs[card.blob.id] == iris)
            #expect(scene.bot.state.phases == [.pulling, .pushing])
        }

        @Test("what is no table is not stored, and it is said what it is")
        func others() async throws {
            let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
            #expect(try await reason(png) == "it is a picture, not a CSV file")
            #expect(try await reason(Array("{\"a\": 1}".utf8)) == "it is JSON, not a CSV file")
            let words = Array("just words\n".utf8)
            #expect(try await reason(words) == "the file has a header but no row below it")
            let latin = Array("name,town\nAda,K".utf8) + [0xF6] + Array("ln\nEve,Rom\n".utf8)
            #expect(try await reason(latin)?.contains("line 2 has the byte 0xF6, which is not UTF-8") == true)
            #expect(
                try await reason([0x50, 0x4B, 3, 4, 0, 0])?.contains("ZIP archive or a workbook") == true
            )
            #expect(try await reason([]) == "the file is empty")
        }

        @Test("a file that comes in halves is asked for again, and stored whole")
        func cut() async throws {
            let iris = try Dataset.iris()
            let scene = scene(iris)
            scene.bot.change { $0.files.cuts = 2 }
            #expect(try await scene.play())
            #expect(scene.bot.state.files.questions == 3)
            #expect(scene.shelf.state.stored == [try BlobShelf.id(of: iris)])
        }

        @Test("a cancel in the middle of the download ends it, and nothing is stored")
        func cancelled() async throws {
            let scene = scene(try Dataset.iris())
            scene.bot.change { $0.files.isStuck = true }
            let isReported = try await scene.play { scene in
                await scene.bot.until { $0.files.questions > 0 }
                scene.bot.change { $0.cancels = true }
                await scene.bot.until { $0.end != nil }
                // The download has not gone on: it was given up, not waited out.
                #expect(scene.bot.state.files.isStuck)
                scene.bot.change { $0.files.isStuck = false }
            }
            #expect(isReported)
            #expect(scene.bot.state.end == .cancelled)
            #expect(scene.bot.state.files.questions == 1)
            #expect(scene.shelf.state.stored == [])
        }

        @Test("a file that has gone, or is too large, ends it at once")
        func refused() async throws {
            for (code, part) in [("FILE_GONE", "is gone"), ("FILE_TOO_LARGE", "is refused")] {
                let scene = scene([])
                scene.bot.change { $0.files.refusal = code }
                #expect(try await scene.play())
                #expect(scene.bot.state.files.questions == 1)
                let failure = try #require(scene.bot.state.failure)
                #expect(failure.reason.contains(part))
                #expect(!failure.isTemporary)
            }
        }
    }

    @Suite("A fetch job", .timeLimit(.minutes(1)))
    struct FetchJobTests {
        private let blob = Array("the bytes of a model".utf8)

        private func scene(_ id: BlobID) -> Scene {
            Scene(.fetch(FetchArguments(blob: id, name: "run-1-model.onnx")))
        }

        @Test("the blob's own bytes are left for the chat")
        func brought() async throws {
            let scene = scene(try BlobShelf.id(of: blob))
            _ = try scene.shelf.put(blob)
            #expect(try await scene.play())
            #expect(scene.bot.state.files.answer == blob)
            let file = AnswerFile(name: "run-1-model.onnx", size: blob.count)
            #expect(scene.bot.state.outcome == .fetched(file: file))
        }

        @Test("bytes of another blob are not, nor is there anything of one that nobody has")
        func refused() async throws {
            let id = try BlobShelf.id(of: blob)
            let missing = scene(id)
            #expect(try await missing.play())
            #expect(missing.bot.state.outcome == .missing(blob: id))
            let forged = scene(id)
            forged.shelf.change { $0.blobs[id] = Array("the bytes of another".utf8) }
            #expect(try await forged.play())
            #expect(forged.bot.state.failure?.reason.contains("\(id)") == true)
            #expect(missing.bot.state.files.answer == nil && forged.bot.state.files.answer == nil)
        }
    }

    @Suite("A predict job about a table", .timeLimit(.minutes(1)))
    struct TablePredictionTests {
        /// A bot that asks the model of iris about `table`, once played.
        private func ask(_ csv: [UInt8], asBlob: Bool = false) async throws -> BotFake.State {
            let training = try Scene.train(Dataset.iris())
            #expect(try await training.play())
            guard case .trained(let result)? = training.bot.state.outcome else { return training.bot.state }
            let model = try #require(training.shelf.state.blobs[result.model.id])
            let table: PredictTable =
                asBlob ? .blob(try BlobShelf.id(of: csv)) : .file(ChatFile(id: "f", name: "rows.csv"))
            let scene = Scene(
                .predict(
                    PredictArguments(run: 7, model: result.model.id, names: nil, cells: [], table: table)
                )
            )
            _ = try scene.shelf.put(model)
            if asBlob { _ = try scene.shelf.put(csv) } else { scene.bot.change { $0.files.content = csv } }
            #expect(try await scene.play())
            return scene.bot.state
        }

        private func prediction(_ state: BotFake.State) throws -> Prediction {
            guard case .predicted(let prediction)? = state.outcome else {
                throw NoPrediction(end: "\(String(describing: state.end))")
            }
            return prediction
        }

        @Test(
            "a few rows are answered one by one; columns go by name, in any order",
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
            #expect(prediction.rows.map(\.said) == ["setosa", "virginica"])
            #expect(prediction.rows.map(\.cells) == [["1"], ["2"]])
            #expect(prediction.notes == ["The model does not know \"colour\"."])
            #expect(prediction.file == nil)
            #expect(state.files.answer == nil)
        }

        @Test("many rows are answered by a file, a line for each, and a summary")
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

        @Test("a column that is missing is named, with what there is")
        func missing() async throws {
            let state = try await ask(Array("petal_width,sepal_length\n1,2\n3,4\n".utf8))
            #expect(
                state.failure?.reason
                    == "the model needs \"sepal_width\", \"petal_length\", but the table has petal_width, sepal_length"
            )
            #expect(state.failure?.remedy == nil)
        }

        @Test("categories that the model never saw are named")
        func unseen() async throws {
            let rows = (0..<60).map { $0.isMultiple(of: 2) ? "red,\($0),yes" : "blue,\($0),no" }
            let training = try Scene.train(Array(("colour,size,good\n" + rows.joined(separator: "\n")).utf8))
            #expect(try await training.play())
            guard case .trained(let result)? = training.bot.state.outcome else {
                Issue.record("\(String(describing: training.bot.state.end))")
                return
            }
            let scene = Scene(
                .predict(
                    PredictArguments(
                        run: 7,
                        model: result.model.id,
                        names: ["colour", "size"],
                        cells: ["green", "5"]
                    )
                )
            )
            _ = try scene.shelf.put(try #require(training.shelf.state.blobs[result.model.id]))
            #expect(try await scene.play())
            let prediction = try prediction(scene.bot.state)
            #expect(prediction.notes == ["In colour the model never saw \"green\": taken as missing."])
        }
    }
}

private struct NoPrediction: Error {
    let end: String
}
