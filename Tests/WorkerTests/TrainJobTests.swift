import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A training job", .timeLimit(.minutes(1)))
    struct TrainJobTests {
        @Test("iris is pulled, trained and pushed, and all of it is told in order")
        func iris() async throws {
            let scene = try Scene.train(Dataset.iris())
            #expect(try await scene.play())
            let state = scene.bot.state
            #expect(state.phases == [.pulling, .reading, .training, .pushing])
            guard case .trained(let result) = try #require(state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(result.metrics.classes == ["setosa", "versicolor", "virginica"])
            #expect(result.metrics.trainRows + result.metrics.testRows == 150)
            #expect(try #require(result.metrics.accuracy) > 0.85)
            #expect(scene.shelf.state.stored == [result.model.id, result.receipt.id])
            #expect(scene.shelf.state.epochs == ["5"])
            #expect(state.lines.contains { $0.contains("4 features") && $0.contains("3 classes") })
        }

        @Test(
            "the receipt on Walrus names dataset, parameters and model, and nothing that differs between two runs"
        )
        func receipt() async throws {
            let first = try Scene.train(Dataset.iris())
            let second = try Scene.train(Dataset.iris())
            try await first.play()
            try await second.play()
            guard case .trained(let result) = try #require(first.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(second.bot.state.outcome == .trained(result: result))
            let bytes = try #require(first.shelf.state.blobs[result.receipt.id])
            let receipt = try Wire.decode(Receipt.self, from: bytes)
            #expect(receipt.dataset.id == (try BlobShelf.id(of: Dataset.iris())))
            #expect(receipt.model.id == result.model.id)
            #expect(receipt.model.size == result.model.size)
            #expect(receipt.metrics == result.metrics)
            #expect(receipt.parameters == TrainParameters())
        }

        @Test(
            "progress counts what the learner does, and what held-out rows cost where there are any",
            arguments: [
                (LearnerKind.forest, "100 of 100 trees"),
                (.boost, #"\d+ of 100 rounds.* · held-out loss 0\.\d+"#),
            ]
        )
        func progress(_ model: LearnerKind, _ expected: String) async throws {
            var parameters = TrainParameters()
            parameters.model = model
            if model == .boost { (parameters.depth, parameters.stop) = (nil, 5) }
            let scene = try Scene.train(Dataset.iris(), parameters)
            #expect(try await scene.play())
            let notes = scene.bot.state.events.compactMap { event in
                if case .progress(_, let note) = event { note } else { nil }
            }
            #expect(try #require(notes.last).contains(try Regex(expected)))
        }

        @Test("a column that isn't there fails the reading, with what to do")
        func noColumn() async throws {
            var parameters = TrainParameters()
            parameters.target = "price"
            let scene = try Scene.train(Dataset.iris(), parameters)
            #expect(try await scene.play())
            let failure = try #require(scene.bot.state.failure)
            #expect(failure.phase == .reading)
            #expect(failure.remedy == .chooseTarget)
            #expect(failure.reason.contains("\"price\""))
            #expect(!failure.advice.isEmpty)
            #expect(!failure.isTemporary)
        }

        @Test("a dataset that no aggregator has fails the pulling phase")
        func missing() async throws {
            let scene = Scene(.train(TrainArguments(dataset: .some)))
            #expect(try await scene.play())
            let failure = try #require(scene.bot.state.failure)
            #expect(failure.phase == .pulling)
            #expect(!failure.isTemporary)
            #expect(failure.remedy == .otherInput)
        }

        @Test("bytes that don't match the blob's ID are refused")
        func wrongBytes() async throws {
            let scene = Scene(.train(TrainArguments(dataset: .some)))
            _ = try scene.shelf.put(Dataset.iris(), as: .some)
            #expect(try await scene.play())
            #expect(scene.bot.state.failure?.phase == .pulling)
            #expect(scene.bot.state.phases == [.pulling])
            #expect(scene.shelf.state.stored == [])
        }

        @Test("a publisher that names another ID fails the pushing phase")
        func wrongPublisher() async throws {
            let scene = try Scene.train(Dataset.iris())
            scene.shelf.change { $0.wrongID = .some }
            #expect(try await scene.play())
            #expect(scene.bot.state.failure?.phase == .pushing)
        }

        @Test("where the publisher asks for tokens, each try to put has one of its own from the bot")
        func publisherTokens() async throws {
            let scene = try Scene.train(Dataset.iris())
            scene.bot.change { $0.assignment.walrus.authorization = .publisherToken }
            #expect(
                try await scene.play { scene in
                    await scene.bot.until { $0.phases.last == .pushing || $0.end != nil }
                }
            )
            guard case .trained(let result) = try #require(scene.bot.state.outcome) else {
                Issue.record("not trained")
                return
            }
            #expect(scene.bot.state.publisherTokens == [result.model.size, result.receipt.size])
        }

        @Test("a Walrus that is away for a moment is asked again")
        func walrusAway() async throws {
            let scene = try Scene.train(Dataset.iris())
            scene.shelf.change { $0.failures = 2 }
            #expect(try await scene.play())
            #expect(scene.bot.state.outcome != nil)
            #expect(scene.shelf.state.failures == 0)
        }

        @Test("a Walrus that stays away fails the job for now")
        func walrusGone() async throws {
            let scene = try Scene.train(Dataset.iris())
            scene.shelf.change { $0.failures = .max }
            #expect(try await scene.play())
            #expect(scene.bot.state.failure?.isTemporary == true)
        }
    }
}
