import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A look job", .timeLimit(.minutes(1)))
    struct LookJobTests {
        private func look(at bytes: [UInt8]) async throws -> BlobCard? {
            let scene = Scene(.look(LookArguments(blob: try BlobShelf.id(of: bytes))))
            _ = try scene.shelf.put(bytes)
            #expect(try await scene.play())
            #expect(scene.shelf.state.stored == [])
            guard case .looked(let card) = scene.bot.state.outcome else { return nil }
            return card
        }

        @Test("a table's card has its size, rows, columns and target")
        func table() async throws {
            let iris = try Dataset.iris()
            let card = try #require(try await look(at: iris))
            #expect(card.blob == StoredBlob(id: try BlobShelf.id(of: iris), size: iris.count))
            #expect(card.content == .csv)
            #expect(card.table?.rows == 150)
            #expect(card.table?.columns.count == 5)
            #expect(card.table?.target == "species")
        }

        @Test(
            "other content is told by its bytes",
            arguments: zip(
                [
                    Array("Just a sentence.\n".utf8), Array(#"{"message": "hi", "list": [1, 2]}"#.utf8),
                    Array("[1, 2\n3, 4".utf8), [0x89, 0x50, 0x4E, 0x47, 0, 1, 2],
                    [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00],
                    Array("a,b\n1,\u{1B}2\n".utf8), [0xC3, 0x28],
                ] as [[UInt8]],
                [BlobCard.Content.text, .json, .text, .binary, .onnx, .binary, .binary]
            )
        )
        func other(bytes: [UInt8], content: BlobCard.Content) async throws {
            let card = try #require(try await look(at: bytes))
            #expect(card.content == content)
            #expect(card.table == nil)
        }

        @Test("a blob that no aggregator has is missing, which is no failure")
        func missing() async throws {
            let scene = Scene(.look(LookArguments(blob: .some)))
            #expect(try await scene.play())
            #expect(scene.bot.state.outcome == .missing(blob: .some))
        }
    }
}
