import Contract
import HTTP
import Support
import Testing
import Walrus
import Worker

extension WorkerSuites {
    @Suite("A look job", .timeLimit(.minutes(10)))
    struct LookJobTests {
        private func look(at bytes: [UInt8]) async throws -> BlobCard? {
            let fixture = JobFixture(.look(LookArguments(blob: try WalrusFake.id(of: bytes))))
            _ = try fixture.walrus.put(bytes)
            #expect(try await fixture.runWorker())
            #expect(fixture.walrus.state.stored == [])
            guard case .looked(let card) = fixture.bot.state.outcome else { return nil }
            return card
        }

        @Test("the card of a table has its size, rows, columns and target")
        func table() async throws {
            let iris = try Dataset.iris()
            let card = try #require(try await look(at: iris))
            #expect(card.blob == StoredBlob(id: try WalrusFake.id(of: iris), size: iris.count))
            #expect(card.content == .csv)
            #expect(card.table?.rows == 150)
            #expect(card.table?.columns.count == 5)
            #expect(card.table?.target == "species")
            #expect(card.table?.task == .classification)
            #expect(card.table?.classes == 3)
            #expect(card.table?.kinds == [.number, .number, .number, .number, .text])
            #expect(card.table?.missing == [0, 0, 0, 0, 0])
            #expect(card.table?.sample?.count == 5)
            #expect(card.table?.sample?.first == ["5.1", "3.5", "1.4", "0.2", "setosa"])
            #expect(card.registration == nil)
        }

        @Test(
            "other content is recognised by its bytes",
            arguments: zip(
                [
                    Array("Just a sentence.\n".utf8), Array(#"{"message": "hi", "list": [1, 2]}"#.utf8),
                    Array("[1, 2\n3, 4".utf8), [0x89, 0x50, 0x4E, 0x47, 0, 1, 2],
                    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], [0xFF, 0xD8, 0xFF, 0xE0],
                    [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00],
                    Array("a,b\n1,\u{0}2\n".utf8), [0xC3, 0x28],
                ] as [[UInt8]],
                [BlobCard.Content.text, .json, .text, .binary, .image, .image, .onnx, .binary, .binary]
            )
        )
        func other(bytes: [UInt8], content: BlobCard.Content) async throws {
            let card = try #require(try await look(at: bytes))
            #expect(card.content == content)
            #expect(card.table == nil)
        }

        @Test("the card of a table counts missing values, and names the task of its target")
        func gaps() async throws {
            let rows = (0..<40).map { "\($0),\($0 % 4 == 0 ? "" : "x"),\(Double($0) + 0.5)" }
            let csv = Array(("number,word,price\n" + rows.joined(separator: "\n")).utf8)
            let table = try #require(try await look(at: csv)?.table)
            #expect(table.kinds == [.number, .text, .number])
            #expect(table.missing == [0, 10, 0])
            #expect(table.target == "price")
            #expect(table.task == .regression)
            #expect(table.classes == nil)
        }

        @Test("the card of a wide table names its first columns and counts the others")
        func wide() async throws {
            let names = (0..<600).map { "c\($0)" }.joined(separator: ",")
            let cells = (0..<600).map { "\($0)" }.joined(separator: ",")
            let table = try #require(try await look(at: Array("\(names)\n\(cells)\n\(cells)\n".utf8))?.table)
            #expect(table.columns.count == BlobCard.Table.mostColumns)
            #expect(table.width == 600)
            #expect(table.sample?.map(\.count) == [12, 12])
        }

        @Test("with a chain, the card has the registration of the blob")
        func chain() async throws {
            let iris = try Dataset.iris()
            let id = try WalrusFake.id(of: iris)
            let chain = SuiFake()
            chain.put("0xb", blob: id.decimal, size: iris.count)
            chain.change { $0.certifications = [(id.decimal, "0xb")] }
            let fixture = JobFixture(.look(LookArguments(blob: id)))
            _ = try fixture.walrus.put(iris)
            try await chain.serve { network in
                fixture.bot.change { $0.assignment.walrus.chain = ChainAccess(network) }
                let isReported = try await fixture.runWorker()
                #expect(isReported)
            }
            guard case .looked(let card) = try #require(fixture.bot.state.outcome) else {
                Issue.record("the job did not complete")
                return
            }
            #expect(card.registration?.holds == true)
            #expect(card.registration?.text.contains("until epoch 45") == true)
        }

        @Test("a receipt is recognised by its content")
        func receipt() async throws {
            let trained = try JobFixture.train(Dataset.iris())
            try await trained.runWorker()
            guard case .trained(let result) = try #require(trained.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            let card = try await look(at: try #require(trained.walrus.state.blobs[result.receipt.id]))
            #expect(card?.content == .receipt)
            #expect(card?.receipt?.model.id == result.model.id)
        }

        @Test("a blob that no aggregator has is reported as missing, not as a failure")
        func missing() async throws {
            let fixture = JobFixture(.look(LookArguments(blob: .some)))
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.outcome == .missing(blob: .some))
        }
    }
}
