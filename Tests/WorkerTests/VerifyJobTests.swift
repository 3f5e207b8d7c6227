import Contract
import Support
import Testing
import Walrus
import Worker

extension WorkerSuites {
    @Suite("A verify job", .timeLimit(.minutes(10)))
    struct VerifyJobTests {
        private enum TestError: Error { case notTrained }

        /// The blobs and the result of a training.
        private struct Trained {
            let blobs: [BlobID: [UInt8]]
            let result: TrainResult
            let receipt: Receipt

            /// The blobs with a changed copy of the receipt, and the ID of that copy.
            func forged(_ change: (inout Receipt) -> Void) throws -> (blobs: [BlobID: [UInt8]], id: BlobID) {
                var receipt = receipt
                change(&receipt)
                let bytes = try Wire.encode(receipt)
                let id = try WalrusFake.id(of: bytes)
                return (blobs.merging([id: bytes]) { $1 }, id)
            }
        }

        private func trained(_ parameters: TrainParameters = .init()) async throws -> Trained {
            let fixture = try JobFixture.train(Dataset.iris(), parameters)
            #expect(try await fixture.runWorker())
            guard case .trained(let result)? = fixture.bot.state.outcome else {
                throw TestError.notTrained
            }
            let blobs = fixture.walrus.state.blobs
            let bytes = try #require(blobs[result.receipt.id])
            return Trained(blobs: blobs, result: result, receipt: try Wire.decode(Receipt.self, from: bytes))
        }

        /// The report of a verify job for one of `blobs`.
        private func verify(_ id: BlobID, among blobs: [BlobID: [UInt8]]) async throws
            -> (report: VerificationReport, phases: [Phase])
        {
            let fixture = JobFixture(.verify(VerifyArguments(blob: id)))
            fixture.walrus.change { $0.blobs = blobs }
            #expect(try await fixture.runWorker())
            #expect(fixture.walrus.state.stored == [])
            guard case .verified(let report)? = fixture.bot.state.outcome else {
                Issue.record("the job ended with \(String(describing: fixture.bot.state.end))")
                return (VerificationReport(parts: []), [])
            }
            return (report, fixture.bot.state.phases)
        }

        @Test("a blob that is not a receipt is read, and its ID recomputed")
        func blob() async throws {
            let iris = try Dataset.iris()
            let id = try WalrusFake.id(of: iris)
            let (report, phases) = try await verify(id, among: [id: iris])
            #expect(report.holds)
            #expect(report.reproduced == nil)
            #expect(report.parts.map(\.name) == ["blob"])
            #expect(report.parts[0].blob == id)
            #expect(
                report.parts[0].findings.map(\.text) == [
                    "bytes → ID recomputed here, \(iris.count) bytes",
                    "not checked on a chain, because this bot has no chain configured",
                ]
            )
            #expect(phases == [.checking])
        }

        @Test(
            "the verification fails if the chain contradicts the blob, but not if the chain does not know it"
        )
        func chain() async throws {
            let iris = try Dataset.iris()
            let id = try WalrusFake.id(of: iris)
            let cases: [(@Sendable (SuiFake) -> Void, Finding.Verdict, Bool)] = [
                ({ $0.put("0xb", blob: id.decimal, size: iris.count) }, .holds, true),
                ({ $0.put("0xb", blob: id.decimal, size: 7) }, .fails, false),
                ({ $0.change { $0.certifications = [] } }, .unchecked, true),
            ]
            for (prepare, verdict, holds) in cases {
                let chain = SuiFake()
                chain.change { $0.certifications = [(id.decimal, "0xb")] }
                prepare(chain)
                let fixture = JobFixture(.verify(VerifyArguments(blob: id)))
                _ = try fixture.walrus.put(iris)
                try await chain.serve { network in
                    fixture.bot.change { $0.assignment.walrus.chain = ChainAccess(network) }
                    let isReported = try await fixture.runWorker()
                    #expect(isReported)
                }
                guard case .verified(let report)? = fixture.bot.state.outcome else {
                    Issue.record("not verified")
                    return
                }
                #expect(report.holds == holds)
                #expect(report.parts[0].findings.map(\.verdict) == [.holds, verdict])
                #expect(report.parts[0].findings[1].text.contains("Sui testnet"))
            }
        }

        @Test("bytes without the blob's ID fail the verification, not the job")
        func forgedBytes() async throws {
            let id = try WalrusFake.id(of: Dataset.iris())
            let (report, _) = try await verify(id, among: [id: [1, 2, 3]])
            #expect(!report.holds)
            #expect(report.parts[0].findings.map(\.verdict) == [.fails])
        }

        @Test("gone, wrong and silent are three findings")
        func standings() async throws {
            let iris = try Dataset.iris()
            let id = try WalrusFake.id(of: iris)
            let cases: [(@Sendable (inout WalrusFake.State) -> Void, Finding.Verdict, String)] = [
                ({ $0.blobs = [:] }, .fails, "no aggregator has the blob \(id): it is gone"),
                (
                    { $0.blobs = [id: [9]] }, .fails,
                    "does not hold: the received bytes are not the blob \(id)"
                ),
                (
                    { $0.failures = .max }, .unchecked,
                    "cannot be told now: no aggregator answered with the receipt"
                ),
            ]
            for (change, verdict, words) in cases {
                let fixture = JobFixture(.verify(VerifyArguments(blob: id, run: 4)))
                fixture.walrus.change(change)
                #expect(try await fixture.runWorker())
                guard case .verified(let report)? = fixture.bot.state.outcome else {
                    Issue.record("not verified")
                    continue
                }
                #expect(!report.holds)
                #expect(report.parts[0].findings.map(\.verdict) == [verdict])
                #expect(report.parts[0].findings[0].text.hasPrefix(words))
                #expect(report.parts[0].isPending == (verdict == .unchecked))
            }
        }

        @Test("what a receipt names is awaited as long as the receipt")
        func lateModel() async throws {
            let training = try await trained()
            let fixture = JobFixture(.verify(VerifyArguments(blob: training.result.receipt.id)))
            fixture.walrus.change { state in
                state.blobs = training.blobs
                state.misses[training.result.model.id] = 6
            }
            fixture.bot.change {
                $0.assignment.walrus.authorization = .none
                $0.assignment.sightings = [Sighting(blob: training.result.receipt.id, secondsAgo: 5)]
            }
            #expect(try await fixture.runWorker())
            guard case .verified(let report)? = fixture.bot.state.outcome else {
                Issue.record("not verified")
                return
            }
            #expect(report.holds)
        }

        @Test("a blob that no aggregator has fails the verification, not the job")
        func missing() async throws {
            let (report, _) = try await verify(try WalrusFake.id(of: [7]), among: [:])
            #expect(report.parts[0].findings.map(\.verdict) == [.fails])
            #expect(report.parts[0].findings[0].text.contains("no aggregator has the blob"))
        }

        @Test("a receipt's training is repeated and gives the same model, bit for bit")
        func reproduced() async throws {
            let training = try await trained()
            let (report, phases) = try await verify(training.result.receipt.id, among: training.blobs)
            #expect(report.holds)
            #expect(report.reproduced == true)
            #expect(report.parts.map(\.name) == ["receipt", "dataset", "model"])
            #expect(report.parts[2].blob == training.result.model.id)
            #expect(
                report.parts[2].findings.last?.text == "trained again here: the same model, bit for bit"
            )
            #expect(phases == [.checking, .reading, .training])
        }

        @Test("the report names a model or metrics that differ")
        func differing() async throws {
            let training = try await trained()
            let other = try training.forged { $0.parameters.seed = 43 }
            let (report, _) = try await verify(other.id, among: other.blobs)
            #expect(!report.holds)
            #expect(report.reproduced == false)
            #expect(
                report.parts[2].findings.last?.text.hasPrefix("training again gave another model, ") == true
            )
            let embellished = try training.forged { $0.metrics.accuracy = 0.5 }
            let second = try await verify(embellished.id, among: embellished.blobs).report
            #expect(
                second.parts[2].findings.last?.text
                    == "training again gave other metrics than the receipt has"
            )
        }

        private static let unrepeatable: [(@Sendable (inout Receipt) -> Void, String)] = [
            ({ $0.parameters.command = "mine" }, "the owner's training command made the model"),
            ({ $0.trainer = 1 }, "trainer 1 made the model, but this is trainer "),
            (
                { ($0.parameters.trees, $0.parameters.depth) = (0, 65) },
                "the receipt has settings that are not allowed: trees=0, depth=65"
            ),
        ]

        @Test("a training that cannot be repeated is not started, and the report has the reason")
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

        @Test("a repeated training can be cancelled")
        func cancelled() async throws {
            let noise = Dataset.noise()
            let receipt = Receipt(
                dataset: FileIdentity(sha256: nil, id: try WalrusFake.id(of: noise), size: noise.count),
                parameters: .endless,
                trainer: try await trained().receipt.trainer,
                model: FileIdentity(sha256: nil, id: try WalrusFake.id(of: [7]), size: 1),
                metrics: TrainMetrics(figures: [])
            )
            let bytes = try Wire.encode(receipt)
            let fixture = JobFixture(.verify(VerifyArguments(blob: try WalrusFake.id(of: bytes))))
            for blob in [noise, [7], bytes] { _ = try fixture.walrus.put(blob) }
            try await fixture.runWorker { fixture in
                await fixture.bot.until(\.isTraining)
                fixture.bot.change { $0.cancels = true }
            }
            #expect(fixture.bot.state.end == .cancelled)
        }
    }
}
