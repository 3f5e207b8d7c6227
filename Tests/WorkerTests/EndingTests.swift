import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("Cancels, lost connections and signals during a training", .timeLimit(.minutes(10)))
    struct EndingTests {
        @Test("a cancel stops the training")
        func cancel() async throws {
            let fixture = try JobFixture.train(Dataset.noise(), .endless)
            let isReported = try await fixture.runWorker { fixture in
                await fixture.bot.until(\.isTraining)
                fixture.bot.change { $0.cancels = true }
                await fixture.bot.until { $0.end != nil }
            }
            #expect(isReported)
            #expect(fixture.bot.state.end == .cancelled)
            #expect(fixture.walrus.state.stored == [])
        }

        @Test("while the bot cannot be reached the work goes on, and no event is lost or doubled")
        func away() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            fixture.bot.change { $0.nextSeconds = 0 }
            #expect(
                try await fixture.runWorker { fixture in
                    await fixture.bot.until { !$0.events.isEmpty }
                    fixture.bot.change { $0.isAway = true }
                    await fixture.bot.until { $0.refusedWhileAway >= 5 }
                    fixture.bot.change { $0.isAway = false }
                }
            )
            #expect(fixture.bot.state.outcome != nil)
            #expect(fixture.bot.state.phases == [.pulling, .reading, .training, .pushing])
        }

        @Test("lost answers of the bot change nothing", arguments: [1, 4])
        func lostAnswers(count: Int) async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            #expect(
                try await fixture.runWorker { fixture in
                    await fixture.bot.until { $0.claims >= 1 }
                    fixture.bot.change { $0.lostAnswers = count }
                }
            )
            #expect(fixture.bot.state.outcome != nil)
            #expect(fixture.bot.state.phases == [.pulling, .reading, .training, .pushing])
        }

        @Test("a worker whose lease is lost stops and reports nothing more")
        func leaseGone() async throws {
            let fixture = try JobFixture.train(Dataset.noise(), .endless)
            let isReported = try await fixture.runWorker { fixture in
                await fixture.bot.until(\.isTraining)
                fixture.bot.change { $0.isLeaseGone = true }
            }
            #expect(!isReported)
            #expect(fixture.bot.state.end == nil)
            #expect(fixture.walrus.state.stored == [])
        }

        @Test("a worker that is told to end reports a temporary failure")
        func stopped() async throws {
            let fixture = try JobFixture.train(Dataset.noise(), .endless)
            #expect(
                // The grace period is in real seconds.
                try await fixture.runWorker(clock: ContinuousClock()) { fixture in
                    await fixture.bot.until(\.isTraining)
                    fixture.stop.raise()
                }
            )
            #expect(fixture.bot.state.failure?.isTemporary == true)
            #expect(fixture.bot.state.failure?.phase == .training)
        }
    }
}
