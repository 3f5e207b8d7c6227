import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A fetch job", .timeLimit(.minutes(10)))
    struct FetchJobTests {
        private let blob = Array("the bytes of a model".utf8)

        private func fixture(_ id: BlobID) -> JobFixture {
            JobFixture(.fetch(FetchArguments(blob: id, name: "run-1-model.onnx")))
        }

        @Test("the bytes of the blob are uploaded for the chat")
        func brought() async throws {
            let fixture = fixture(try WalrusFake.id(of: blob))
            _ = try fixture.walrus.put(blob)
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.files.answer == blob)
            let file = AnswerFile(name: "run-1-model.onnx", size: blob.count)
            #expect(fixture.bot.state.outcome == .fetched(file: file))
        }

        @Test("neither wrong bytes nor a missing blob give a file")
        func refused() async throws {
            let id = try WalrusFake.id(of: blob)
            let missing = fixture(id)
            #expect(try await missing.runWorker())
            #expect(missing.bot.state.outcome == .missing(blob: id))
            let forged = fixture(id)
            forged.walrus.change { $0.blobs[id] = Array("the bytes of another".utf8) }
            #expect(try await forged.runWorker())
            #expect(forged.bot.state.failure?.reason.contains("\(id)") == true)
            #expect(missing.bot.state.files.answer == nil && forged.bot.state.files.answer == nil)
        }
    }
}
