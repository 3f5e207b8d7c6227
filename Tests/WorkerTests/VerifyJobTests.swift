import Contract
import Support
import Testing
import Walrus
import Worker

extension WorkerSuites {
    @Suite("A verify job", .timeLimit(.minutes(1)))
    struct VerifyJobTests {
        private enum Surprise: Error { case untrained }

        /// What a training left on the shelf.
        private struct Shelved {
            let blobs: [BlobID: [UInt8]]
            let result: TrainResult
            let receipt: Receipt

            /// The shelf with a receipt that somebody made up of the real one.
            func forged(_ change: (inout Receipt) -> Void) throws -> (blobs: [BlobID: [UInt8]], id: BlobID) {
                var receipt = receipt
                change(&receipt)
                let bytes = try Wire.encode(receipt)
                let id = try BlobShelf.id(of: bytes)
                return (blobs.merging([id: bytes]) { $1 }, id)
            }
        }

        private func trained(_ parameters: TrainParameters = .init()) async throws -> Shelved {
            let scene = try Scene.train(Dataset.iris(), parameters)
            #expect(try await scene.play())
            guard case .trained(let result)? = scene.bot.state.outcome else {
                throw Surprise.untrained
            }
            let blobs = scene.shelf.state.blobs
            let bytes = try #require(blobs[result.receipt.id])
            return Shelved(blobs: blobs, result: result, receipt: try Wire.decode(Receipt.self, from: bytes))
        }

        /// Verifies one of `blobs`; the end is a result, whatever it says.
        private func verify(_ id: BlobID, among blobs: [BlobID: [UInt8]]) async throws
            -> (report: VerificationReport, phases: [Phase])
        {
            let scene = Scene(.verify(VerifyArguments(blob: id)))
            scene.shelf.change { $0.blobs = blobs }
            #expect(try await scene.play())
            #expect(scene.shelf.state.stored == [])
            guard case .verified(let report)? = scene.bot.state.outcome else {
                Issue.record("it ended as \(String(describing: scene.bot.state.end))")
                return (VerificationReport(parts: []), [])
            }
            return (report, scene.bot.state.phases)
        }

        @Test("a blob that is no receipt is read, and its ID recomputed")
        func blob() async throws {
            let iris = try Dataset.iris()
            let id = try BlobShelf.id(of: iris)
            let (report, phases) = try await verify(id, among: [id: iris])
            #expect(report.holds)
            #expect(report.reproduced == nil)
            #expect(report.parts.map(\.name) == ["blob"])
            #expect(report.parts[0].blob == id)
            #expect(
                report.parts[0].findings.map(\.text) == [
                    "bytes → ID recomputed here, \(iris.count) bytes",
                    "not checked on a chain, because this bot asks none",
                ]
            )
            #expect(phases == [.checking])
        }

        @Test(
            "a chain is asked; one that knows nothing of the blob leaves the rest to hold, one that denies it does not"
        )
        func chain() async throws {
            let iris = try Dataset.iris()
            let id = try BlobShelf.id(of: iris)
            let cases: [(@Sendable (SuiFake) -> Void, Finding.Verdict, Bool)] = [
                ({ $0.put("0xb", blob: id.decimal, size: iris.count) }, .holds, true),
                ({ $0.put("0xb", blob: id.decimal, size: 7) }, .fails, false),
                ({ $0.change { $0.certifications = [] } }, .unchecked, true),
            ]
            for (prepare, verdict, holds) in cases {
                let chain = SuiFake()
                chain.change { $0.certifications = [(id.decimal, "0xb")] }
                prepare(chain)
                let scene = Scene(.verify(VerifyArguments(blob: id)))
                _ = try scene.shelf.put(iris)
                try await chain.serve { network in
                    scene.bot.change { $0.assignment.walrus.chain = ChainAccess(network) }
                    let isReported = try await scene.play()
                    #expect(isReported)
                }
                guard case .verified(let report)? = scene.bot.state.outcome else {
                    Issue.record("not verified")
                    return
                }
                #expect(report.holds == holds)
                #expect(report.parts[0].findings.map(\.verdict) == [.holds, verdict])
                #expect(report.parts[0].findings[1].text.contains("Sui testnet"))
            }
        }

        @Test("bytes that are not the blob's are a result that does not hold, and no failure")
        func forgedBytes() async throws {
            let id = try BlobShelf.id(of: Dataset.iris())
            let (report, _) = try await verify(id, among: [id: [1, 2, 3]])
            #expect(!report.holds)
            #expect(report.parts[0].findings.map(\.verdict) == [.fails])
        }

        @Test("neither is a blob that nobody has")
        func missing() async throws {
            let (report, _) = try await verify(try BlobShelf.id(of: [7]), among: [:])
            #expect(report.parts[0].findings.map(\.verdict) == [.fails])
            #expect(report.parts[0].findings[0].text.contains("no aggregator has the blob"))
        }

        @Test("a training is repeated, and gives the same model bit for bit")
        func reproduced() async throws {
            let shelved = try await trained()
            let (report, phases) = try await verify(shelved.result.receipt.id, among: shelved.blobs)
            #expect(report.holds)
            #expect(report.reproduced == true)
            #expect(report.parts.map(\.name) == ["receipt", "dataset", "model"])
            #expect(report.parts[2].blob == shelved.result.model.id)
            #expect(
                report.parts[2].findings.last?.text == "trained again here: the same model, bit for bit"
            )
            #expect(phases == [.checking, .reading, .training])
        }

        @Test("what differs is named: another model, other figures")
        func differing() async throws {
            let shelved = try await trained()
            let other = try shelved.forged { $0.parameters.seed = 43 }
            let (report, _) = try await verify(other.id, among: other.blobs)
            #expect(!report.holds)
            #expect(report.reproduced == false)
            #expect(
                report.parts[2].findings.last?.text.hasPrefix("training again gave another model, ") == true
            )
            let embellished = try shelved.forged { $0.metrics.accuracy = 0.5 }
            let second = try await verify(embellished.id, among: embellished.blobs).report
            #expect(
                second.parts[2].findings.last?.text
                    == "training again gave other metrics than those of the receipt"
            )
        }

        private static let unrepeatable: [(@Sendable (inout Receipt) -> Void, String)] = [
            ({ $0.parameters.command = "mine" }, "an owner's own command made it"),
            ({ $0.trainer = 1 }, "trainer 1 made it, and here is trainer "),
            (
                { ($0.parameters.trees, $0.parameters.depth) = (0, 65) },
                "nobody can train with trees=0, depth=65"
            ),
        ]

        @Test("where nothing can be compared nobody trains, and it is said why")
        func noComparison() async throws {
            let trained = try await trained()
            for (change, words) in Self.unrepeatable {
                let forged = try trained.forged(change)
                let (report, phases) = try await verify(forged.id, among: forged.blobs)
                #expect(report.reproduced == nil)
                #expect(!report.holds)
                let finding = try #require(report.parts[2].findings.last)
                #expect(finding.verdict == .unchecked)
                #expect(finding.text.hasPrefix("not trained again, because \(words)"))
                #expect(phases == [.checking])
            }
        }

        @Test("a repeated training is cancelled like any other")
        func cancelled() async throws {
            let noise = Dataset.noise()
            let receipt = Receipt(
                dataset: FileIdentity(sha256: nil, id: try BlobShelf.id(of: noise), size: noise.count),
                parameters: .endless,
                trainer: try await trained().receipt.trainer,
                model: FileIdentity(sha256: nil, id: try BlobShelf.id(of: [7]), size: 1),
                metrics: TrainMetrics(figures: [])
            )
            let bytes = try Wire.encode(receipt)
            let scene = Scene(.verify(VerifyArguments(blob: try BlobShelf.id(of: bytes))))
            for blob in [noise, [7], bytes] { _ = try scene.shelf.put(blob) }
            try await scene.play { scene in
                await scene.bot.until(\.isTraining)
                scene.bot.change { $0.cancels = true }
            }
            #expect(scene.bot.state.end == .cancelled)
        }
    }
}
