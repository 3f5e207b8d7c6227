import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A training job", .timeLimit(.minutes(10)))
    struct TrainJobTests {
        @Test("iris is pulled, trained and pushed, and the phases are reported in order")
        func iris() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            #expect(try await fixture.runWorker())
            let state = fixture.bot.state
            #expect(state.phases == [.pulling, .reading, .training, .pushing])
            guard case .trained(let result) = try #require(state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(result.metrics.classes == ["setosa", "versicolor", "virginica"])
            #expect(result.metrics.trainRows + result.metrics.testRows == 150)
            #expect(try #require(result.metrics.accuracy) > 0.85)
            #expect(fixture.walrus.state.stored == [result.model.id, result.receipt.id])
            #expect(fixture.walrus.state.epochs == ["5"])
            #expect(state.lines.contains { $0.contains("4 features") && $0.contains("3 classes") })
        }

        @Test(
            "the receipt on Walrus names dataset, parameters and model, and is the same for a second run"
        )
        func receipt() async throws {
            let first = try JobFixture.train(Dataset.iris())
            let second = try JobFixture.train(Dataset.iris())
            try await first.runWorker()
            try await second.runWorker()
            guard case .trained(let result) = try #require(first.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(second.bot.state.outcome == .trained(result: result))
            let bytes = try #require(first.walrus.state.blobs[result.receipt.id])
            let receipt = try Wire.decode(Receipt.self, from: bytes)
            #expect(receipt.dataset.id == (try WalrusFake.id(of: Dataset.iris())))
            #expect(receipt.model.id == result.model.id)
            #expect(receipt.model.size == result.model.size)
            #expect(receipt.metrics == result.metrics)
            #expect(receipt.parameters == TrainParameters())
        }

        @Test(
            "progress counts trees, rounds or steps, with the held-out loss of boosting",
            arguments: [
                (LearnerKind.forest, "100 of 100 trees"),
                (.boost, #"\d+ of 100 rounds.* · held-out loss 0\.\d+"#),
                (.linear, #"\d+ of \d+ steps"#),
            ]
        )
        func progress(_ model: LearnerKind, _ expected: String) async throws {
            var parameters = TrainParameters()
            parameters.model = model
            if model == .boost { (parameters.depth, parameters.stop) = (nil, 5) }
            let fixture = try JobFixture.train(Dataset.iris(), parameters)
            #expect(try await fixture.runWorker())
            let notes = fixture.bot.state.events.compactMap { event in
                if case .progress(_, let note) = event { note } else { nil }
            }
            #expect(try #require(notes.last).contains(try Regex(expected)))
        }

        @Test("the result tells of folds and shuffled features, which are asked for, and of warnings")
        func findings() async throws {
            var parameters = TrainParameters()
            (parameters.folds, parameters.permute) = (3, 2)
            let fixture = try JobFixture.train(Dataset.iris(), parameters)
            #expect(try await fixture.runWorker())
            guard case .trained(let result) = try #require(fixture.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            let findings = try #require(result.findings)
            #expect(findings.count == 2)
            #expect(
                findings[0].contains(#/^cross-validation of 3 folds: accuracy 0\.\d+ ± \d/#),
                "\(findings)"
            )
            #expect(
                findings[1].contains(#/^shuffling a feature lowers the score: petal\S+ 0\.\d+ ±/#),
                "\(findings)"
            )
            let logged = fixture.bot.state.lines.filter { $0.contains("warning: ") }
            #expect(result.warnings?.count ?? 0 == logged.count)
        }

        @Test("a target that is not in the header fails the reading phase, with advice")
        func noColumn() async throws {
            var parameters = TrainParameters()
            parameters.target = "price"
            let fixture = try JobFixture.train(Dataset.iris(), parameters)
            #expect(try await fixture.runWorker())
            let failure = try #require(fixture.bot.state.failure)
            #expect(failure.phase == .reading)
            #expect(failure.remedy == .chooseTarget)
            #expect(failure.reason.contains("\"price\""))
            #expect(!failure.advice.isEmpty)
            #expect(!failure.isTemporary)
        }

        @Test("a dataset that no aggregator has fails the pulling phase")
        func missing() async throws {
            let fixture = JobFixture(.train(TrainArguments(dataset: .some)))
            #expect(try await fixture.runWorker())
            let failure = try #require(fixture.bot.state.failure)
            #expect(failure.phase == .pulling)
            #expect(!failure.isTemporary)
            #expect(failure.remedy == .otherInput)
        }

        @Test("bytes without the blob's ID are refused")
        func wrongBytes() async throws {
            let fixture = JobFixture(.train(TrainArguments(dataset: .some)))
            _ = try fixture.walrus.put(Dataset.iris(), as: .some)
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.failure?.phase == .pulling)
            #expect(fixture.bot.state.phases == [.pulling])
            #expect(fixture.walrus.state.stored == [])
        }

        @Test("a publisher that names another ID fails the pushing phase")
        func wrongPublisher() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            fixture.walrus.change { $0.wrongID = .some }
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.failure?.phase == .pushing)
        }

        @Test("each put to a publisher that needs tokens has a new token of the bot")
        func publisherTokens() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            fixture.bot.change { $0.assignment.walrus.authorization = .publisherToken }
            #expect(
                try await fixture.runWorker { fixture in
                    await fixture.bot.until { $0.phases.last == .pushing || $0.end != nil }
                }
            )
            guard case .trained(let result) = try #require(fixture.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(fixture.bot.state.publisherTokens == [result.model.size, result.receipt.size])
        }

        @Test("requests to a Walrus that is overloaded for a moment are repeated")
        func walrusAway() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            fixture.walrus.change { $0.failures = 2 }
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.outcome != nil)
            #expect(fixture.walrus.state.failures == 0)
        }

        @Test("a Walrus that stays overloaded fails the job as temporary")
        func walrusGone() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            fixture.walrus.change { $0.failures = .max }
            #expect(try await fixture.runWorker())
            #expect(fixture.bot.state.failure?.isTemporary == true)
        }
    }
}
