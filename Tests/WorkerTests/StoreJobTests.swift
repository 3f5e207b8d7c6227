import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A store job", .timeLimit(.minutes(10)))
    struct StoreJobTests {
        private func fixture(_ bytes: [UInt8], named name: String = "iris.csv") -> JobFixture {
            let fixture = JobFixture(
                .store(StoreArguments(file: ChatFile(id: "f", name: name, size: bytes.count)))
            )
            fixture.bot.change { $0.files.content = bytes }
            return fixture
        }

        private func reason(_ bytes: [UInt8]) async throws -> String? {
            let fixture = fixture(bytes)
            #expect(try await fixture.runWorker())
            #expect(fixture.walrus.state.stored == [])
            #expect(fixture.bot.state.failure?.isTemporary == false)
            return fixture.bot.state.failure?.reason
        }

        @Test("a table is stored under the ID of its bytes, and its card is reported")
        func table() async throws {
            let iris = try Dataset.iris()
            let fixture = fixture(iris)
            #expect(try await fixture.runWorker())
            guard case .stored(let card)? = fixture.bot.state.outcome else {
                Issue.record("the job ended with \(String(describing: fixture.bot.state.end))")
                return
            }
            #expect(card.blob == StoredBlob(id: try WalrusFake.id(of: iris), size: iris.count))
            #expect(card.table?.rows == 150)
            #expect(fixture.walrus.state.stored == [card.blob.id])
            #expect(fixture.walrus.state.blobs[card.blob.id] == iris)
            #expect(fixture.bot.state.phases == [.pulling, .pushing])
        }

        @Test("a file that is not a table is not stored, and the error names its kind")
        func others() async throws {
            let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
            #expect(try await reason(png) == "the file is a picture, not a CSV table")
            #expect(try await reason(Array("{\"a\": 1}".utf8)) == "the file is JSON, not a CSV table")
            #expect(
                try await reason(Array("just words\n".utf8)) == "the file has a header but no row below it"
            )
            #expect(try await reason(Array("a,b\n1,\u{0}\n".utf8))?.contains("line 2 has a NUL byte") == true)
            #expect(try await reason([0x50, 0x4B, 3, 4, 0, 0])?.contains("ZIP archive") == true)
            #expect(try await reason([]) == "the file is empty")
        }

        @Test("a table in another encoding is stored as it is, and its card is that of its text")
        func latin() async throws {
            let latin = Array("name,town\nAda,K".utf8) + [0xF6] + Array("ln\nEve,Rom\nIda,Rom\n".utf8)
            let fixture = fixture(latin)
            #expect(try await fixture.runWorker())
            guard case .stored(let card)? = fixture.bot.state.outcome else {
                Issue.record("the job ended with \(String(describing: fixture.bot.state.end))")
                return
            }
            #expect(fixture.walrus.state.blobs[card.blob.id] == latin)
            #expect(card.table?.sample?.first == ["Ada", "Köln"])
        }

        @Test("a download that breaks off is repeated, and the file is stored completely")
        func cut() async throws {
            let iris = try Dataset.iris()
            let fixture = fixture(iris)
            fixture.bot.change { $0.files.cuts = 2 }
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.files.requests == 3)
            #expect(fixture.walrus.state.stored == [try WalrusFake.id(of: iris)])
        }

        @Test("a cancel ends the download, and nothing is stored")
        func cancelled() async throws {
            let fixture = fixture(try Dataset.iris())
            fixture.bot.change { $0.files.isStuck = true }
            let isReported = try await fixture.runWorker { fixture in
                await fixture.bot.until { $0.files.requests > 0 }
                fixture.bot.change { $0.cancels = true }
                await fixture.bot.until { $0.end != nil }
                // The server still holds the download back: the cancel ended it.
                #expect(fixture.bot.state.files.isStuck)
                fixture.bot.change { $0.files.isStuck = false }
            }
            #expect(isReported)
            #expect(fixture.bot.state.end == .cancelled)
            #expect(fixture.bot.state.files.requests == 1)
            #expect(fixture.walrus.state.stored == [])
        }

        @Test("a file that is gone or too large fails the job at once")
        func refused() async throws {
            for (code, part) in [("FILE_GONE", "no longer exists"), ("FILE_TOO_LARGE", "is refused")] {
                let fixture = fixture([])
                fixture.bot.change { $0.files.refusal = code }
                #expect(try await fixture.runWorker())
                #expect(fixture.bot.state.files.requests == 1)
                let failure = try #require(fixture.bot.state.failure)
                #expect(failure.reason.contains(part))
                #expect(!failure.isTemporary)
            }
        }
    }
}
