import Contract
import Testing

@testable import Trainer
@testable import Worker

@Suite("Reports of a training")
struct TrainingReporterTests {
    @Test("a count that another thread has overtaken is not reported")
    func overtaken() {
        let queue = EventQueue()
        let reporter = TrainingReporter(in: .training, queue: queue)
        for done in [7, 40, 39, 40, 8] {
            reporter.report(.trainer(.learning(TrainingProgress(done: done, total: 40)), .forest))
        }
        #expect(queue.nextBatch().events.map(\.event) == [.progress(fraction: 1, note: "40 of 40 trees")])
    }

    @Test("each unit has a count of its own")
    func units() {
        let queue = EventQueue()
        let reporter = TrainingReporter(in: .training, queue: queue)
        reporter.report(.trainer(.learning(TrainingProgress(done: 90, total: 90)), .forest))
        reporter.report(.trainer(.validating(TrainingProgress(done: 1, total: 4)), .forest))
        #expect(queue.nextBatch().events.map(\.event) == [.progress(fraction: 0.25, note: "1 of 4 folds")])
    }
}
