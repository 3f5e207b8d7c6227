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

        /// A fetch job at aggregators that may have a cache in front of them, unlike the Walrus inside the bot.
        private func cached(_ id: BlobID) -> JobFixture {
            let fixture = fixture(id)
            fixture.bot.change { $0.assignment.walrus.authorization = .none }
            return fixture
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

        @Test(
            "a blob that aggregators see late is fetched, longer if the bot has stored it",
            arguments: [2, 7]
        )
        func late(_ misses: Int) async throws {
            let id = try WalrusFake.id(of: blob)
            for isSighted in [true, false] {
                let fixture = cached(id)
                _ = try fixture.walrus.put(blob)
                fixture.walrus.change { $0.misses[id] = misses }
                if isSighted {
                    fixture.bot.change {
                        $0.assignment.sightings = [Sighting(blob: id, secondsAgo: 80_000)]
                    }
                }
                #expect(try await fixture.runWorker())
                let file = AnswerFile(name: "run-1-model.onnx", size: blob.count)
                let isFetched = isSighted || misses < 4
                #expect(fixture.bot.state.outcome == (isFetched ? .fetched(file: file) : .missing(blob: id)))
            }
        }

        @Test("a blob that was on Walrus minutes ago is not called gone")
        func pending() async throws {
            let id = try WalrusFake.id(of: blob)
            for (age, isRecent) in [(30, true), (7_200, nil)] as [(Int, Bool?)] {
                let fixture = cached(id)
                fixture.bot.change { $0.assignment.sightings = [Sighting(blob: id, secondsAgo: age)] }
                #expect(try await fixture.runWorker())
                #expect(fixture.bot.state.outcome == .missing(blob: id, isRecent: isRecent))
            }
        }

        @Test("if no aggregator answers, nothing is said about the blob")
        func silence() async throws {
            let fixture = fixture(try WalrusFake.id(of: blob))
            fixture.walrus.change { $0.failures = .max }
            #expect(try await fixture.runWorker())
            let failure = try #require(fixture.bot.state.failure)
            #expect(
                failure.reason.hasPrefix("no aggregator answers now, so it cannot be told whether the blob")
            )
            #expect(failure.isTemporary)
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
