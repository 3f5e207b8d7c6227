import Contract
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("What ends or outlasts a training", .timeLimit(.minutes(1)))
    struct EndingTests {
        @Test("a cancel stops the training within two seconds")
        func cancel() async throws {
            let scene = try Scene.train(Dataset.noise(), .endless)
            let clock = ContinuousClock()
            let isReported = try await scene.play { scene in
                await scene.bot.until(\.isTraining)
                let time = await clock.measure {
                    scene.bot.change { $0.cancels = true }
                    await scene.bot.until { $0.end != nil }
                }
                #expect(time < .seconds(2))
            }
            #expect(isReported)
            #expect(scene.bot.state.end == .cancelled)
            #expect(scene.shelf.state.stored == [])
        }

        @Test("while the bot is away the work goes on, and no event is lost or doubled")
        func away() async throws {
            let scene = try Scene.train(Dataset.iris())
            scene.bot.change { $0.nextSeconds = 0 }
            #expect(
                try await scene.play { scene in
                    await scene.bot.until { !$0.events.isEmpty }
                    scene.bot.change { $0.isAway = true }
                    await scene.bot.until { $0.refusedWhileAway >= 5 }
                    scene.bot.change { $0.isAway = false }
                }
            )
            #expect(scene.bot.state.outcome != nil)
            #expect(scene.bot.state.phases == [.pulling, .reading, .training, .pushing])
        }

        @Test("answers that are lost change nothing", arguments: [1, 4])
        func lostAnswers(count: Int) async throws {
            let scene = try Scene.train(Dataset.iris())
            #expect(
                try await scene.play { scene in
                    await scene.bot.until { $0.claims >= 1 }
                    scene.bot.change { $0.lostAnswers = count }
                }
            )
            #expect(scene.bot.state.outcome != nil)
            #expect(scene.bot.state.phases == [.pulling, .reading, .training, .pushing])
        }

        @Test("a worker whose lease is gone stops and says nothing more")
        func leaseGone() async throws {
            let scene = try Scene.train(Dataset.noise(), .endless)
            let isReported = try await scene.play { scene in
                await scene.bot.until(\.isTraining)
                scene.bot.change { $0.isLeaseGone = true }
            }
            #expect(!isReported)
            #expect(scene.bot.state.end == nil)
            #expect(scene.shelf.state.stored == [])
        }

        @Test("a machine that ends the process lets it say so, as something that may be tried again")
        func stopped() async throws {
            let scene = try Scene.train(Dataset.noise(), .endless)
            #expect(
                // What the process may take to say so is measured in real seconds.
                try await scene.play(clock: ContinuousClock()) { scene in
                    await scene.bot.until(\.isTraining)
                    scene.stop.raise()
                }
            )
            #expect(scene.bot.state.failure?.isTemporary == true)
            #expect(scene.bot.state.failure?.phase == .training)
        }
    }
}
