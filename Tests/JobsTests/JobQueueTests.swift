import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Claims and reports")
struct JobQueueTests {
    @Test("a launch token claims once; a repeated claim of the same worker gets the same answer")
    func claim() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        let again = try await fixture.queue.claim(
            1,
            launchToken: worker.launchToken,
            leaseToken: worker.leaseToken,
            now: noon
        )
        #expect(again.work == .training)
        #expect(again.leaseSeconds == 60)
        for (launch, lease) in [
            (worker.launchToken, Secret.random()), (Secret.random(), worker.leaseToken),
            (worker.leaseToken, worker.leaseToken),
        ] {
            await #expect(throws: JobError.unauthorized) {
                try await fixture.queue.claim(1, launchToken: launch, leaseToken: lease, now: noon)
            }
        }
        await #expect(throws: JobError.unauthorized) {
            try await fixture.queue.claim(
                2,
                launchToken: worker.launchToken,
                leaseToken: worker.leaseToken,
                now: noon
            )
        }
    }

    @Test("the database holds hashes of tokens, not tokens")
    func hashes() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        let row = "\(try await fixture.job())"
        #expect(!row.contains(worker.launch.launchToken))
        #expect(!row.contains(worker.leaseToken.text))
        #expect(worker.leaseToken.opens(worker.leaseToken.hash))
        #expect(!worker.leaseToken.opens(Data()))
        #expect(!worker.leaseToken.opens(worker.launchToken.hash))
    }

    @Test("repeated events change nothing")
    func idempotence() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        let first: [(Int, WorkerEvent)] = [(1, .phase(name: .pulling)), (2, .log(line: "one"))]
        try await fixture.report(first, by: worker)
        try await fixture.report(first + [(3, .phase(name: .training)), (4, .log(line: "two"))], by: worker)
        let settled = try await fixture.job()
        try await fixture.report(first, by: worker, at: noon + 5)
        #expect(try await fixture.job() == settled)
        #expect(settled.phase == .training)
        #expect(settled.lastSequence == 4)
        #expect(try await fixture.store.read { try $0.log(ofJob: 1) }.map(\.line) == ["one", "two"])
    }

    @Test("a repeated end enqueues one message")
    func endOnce() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        for _ in 0..<3 {
            let reply = try await fixture.report([(1, .completed(outcome: .done))], by: worker)
            #expect(!reply.cancel)
        }
        #expect(try await fixture.job().state == .completed)
        #expect(try await fixture.messageKinds().filter { $0 == .ended }.count == 1)
    }

    @Test("events after the end are ignored")
    func afterTheEnd() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        try await fixture.report(
            [(1, .failed(failure: .lasting)), (2, .completed(outcome: .done)), (3, .log(line: "late"))],
            by: worker
        )
        #expect(try await fixture.job().state == .discarded)
        #expect(try await fixture.job().outcome == nil)
        #expect(try await fixture.store.read { try $0.logLineCount(ofJob: 1) } == 0)
    }

    @Test("a worker whose job was rescued cannot report any more")
    func fenced() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let old = try await fixture.claimed()
        await fixture.runner.runOnce(now: noon + 61)
        let new = try await fixture.claimed(at: noon + 62)
        #expect(new.launch.launchToken != old.launch.launchToken)
        await #expect(throws: JobError.unauthorized) {
            try await fixture.report([(1, .completed(outcome: .done))], by: old, at: noon + 63)
        }
        #expect(try await fixture.job().state == .running)
        #expect(try await fixture.queue.holdsLease(new.leaseToken))
        #expect(try await fixture.queue.holdsLease(old.leaseToken) == false)
    }

    @Test("a report renews the lease only when less than 40 seconds are left")
    func heartbeat() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        try await fixture.report([], by: worker, at: noon + 10)
        #expect(try await fixture.job().leaseUntil == noon + 60)
        try await fixture.report([], by: worker, at: noon + 30)
        #expect(try await fixture.job().leaseUntil == noon + 90)
    }

    @Test("the reply to the next report tells the worker to cancel")
    func cancel() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let worker = try await fixture.claimed()
        #expect(try await fixture.report([], by: worker).cancel == false)
        _ = try await fixture.store.write { try $0.requestCancel(of: 1, at: noon) }
        #expect(try await fixture.report([], by: worker).cancel)
        try await fixture.report([(1, .cancelled)], by: worker)
        #expect(try await fixture.job().state == .cancelled)
        await #expect(throws: JobError.ended(.cancelled)) {
            try await fixture.store.write { try $0.requestCancel(of: 1, at: noon) }
        }
    }

    @Test("a cancel of a waiting run ends it at once, with an end message")
    func cancelWaiting() async throws {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        let run = try await fixture.store.write { try $0.requestCancel(of: 1, at: noon) }
        #expect(run.job.state == .cancelled)
        // The live message was not sent yet, and the end says all.
        #expect(try await fixture.messageKinds() == [.ended])
        await fixture.runner.runOnce(now: noon)
        #expect(fixture.engine.launches.isEmpty)
    }

    @Test("the end of a look enqueues a card")
    func look() async throws {
        let fixture = try RunnerFixture()
        let blob = BlobID(bytes: Array(1...32))
        try await fixture.store.write { try $0.enqueueLook(at: blob, origin: .ada, at: noon) }
        let worker = try await fixture.claimed()
        try await fixture.report([(1, .completed(outcome: .missing(blob: blob)))], by: worker)
        #expect(try await fixture.messageKinds() == [.card])
    }
}
