import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Workers of other versions")
struct ProtocolTests {
    /// A queue that understands the protocols 3 and 4, and a job whose worker was launched.
    private static func launched() async throws -> (queue: JobQueue, worker: Worker, fixture: RunnerFixture) {
        let fixture = try RunnerFixture()
        try await fixture.enqueue()
        await fixture.runner.runOnce(now: noon)
        let worker = Worker(launch: try #require(fixture.engine.launches.last))
        let queue = JobQueue(store: fixture.store, walrus: fixture.queue.walrus, protocols: 3...4)
        return (queue, worker, fixture)
    }

    private static func claim(_ queue: JobQueue, _ worker: Worker, _ version: Int?) async throws -> Assignment
    {
        try await queue.claim(
            1,
            launchToken: worker.launchToken,
            leaseToken: worker.leaseToken,
            protocolVersion: version,
            now: noon
        )
    }

    @Test("messages without a number are those of version 1, which would ignore settings and is not served")
    func unnumbered() throws {
        #expect(WorkerProtocol.version(nil) == 1)
        #expect(!WorkerProtocol.supported.contains(1))
        #expect(WorkerProtocol.supported.contains(WorkerProtocol.current))
        let claim = try Wire.decode(ClaimRequest.self, from: Array(#"{"leaseToken":"x"}"#.utf8))
        #expect(claim.protocolVersion == nil)
        let batch = try Wire.decode(EventBatch.self, from: Array(#"{"events":[]}"#.utf8))
        #expect(batch.protocolVersion == nil)
        let launch = try Wire.decode(
            Launch.self,
            from: Array(#"{"bot":"http://127.0.0.1:1","job":1,"launchToken":"x"}"#.utf8)
        )
        #expect(launch.protocolVersion == nil)
    }

    @Test("what this build sends carries its number")
    func numbered() throws {
        for value: any Encodable in [
            Launch(bot: "http://127.0.0.1:1", job: 1, launchToken: "x"), ClaimRequest(leaseToken: "x"),
            EventBatch(events: []),
        ] {
            let json = String(decoding: try Wire.encode(value), as: UTF8.self)
            #expect(json.contains("\"protocolVersion\":\(WorkerProtocol.current)"), "\(json)")
        }
    }

    @Test("a worker whose protocol the bot understands gets its job", arguments: [3, 4])
    func served(_ version: Int) async throws {
        let (queue, worker, _) = try await Self.launched()
        #expect(try await Self.claim(queue, worker, version).job == 1)
    }

    @Test(
        "a worker that is too old or too new is refused, and its job fails with what to do",
        arguments: [(nil, "build a new image"), (1, "build a new image"), (5, "update the bot")]
            as [(Int?, String)]
    )
    func refused(_ version: Int?, _ advice: String) async throws {
        let (queue, worker, fixture) = try await Self.launched()
        let error = JobError.unsupportedProtocol(version ?? 1, supported: 3...4)
        await #expect(throws: error) { _ = try await Self.claim(queue, worker, version) }
        #expect(error.description.contains(advice))
        let job = try await fixture.job()
        #expect(job.state == .discarded)
        #expect(job.failure?.reason.contains("speaks protocol \(version ?? 1)") == true)
        #expect(job.failure?.advice.lowercased().contains(advice) == true)
        #expect(try await fixture.store.read { try $0.endMessageCount(ofRun: 1) } == 1)
    }

    @Test("a stranger with a wrong token learns nothing of protocols, and fails no job")
    func stranger() async throws {
        let (queue, worker, fixture) = try await Self.launched()
        let stranger = Worker(launch: Launch(bot: worker.launch.bot, job: 1, launchToken: "guessed"))
        await #expect(throws: JobError.unauthorized) { _ = try await Self.claim(queue, stranger, 1) }
        #expect(try await fixture.job().state == .running)
    }

    @Test("a worker that outlived an upgrade which does not understand it is told so at its next report")
    func outlived() async throws {
        let (queue, worker, fixture) = try await Self.launched()
        _ = try await Self.claim(fixture.queue, worker, WorkerProtocol.current)
        let batch = EventBatch(
            events: [.init(sequence: 1, event: .completed(outcome: .done))]
        )
        let version = WorkerProtocol.current
        await #expect(throws: JobError.unsupportedProtocol(version, supported: 3...4)) {
            _ = try await queue.report(batch, of: 1, leaseToken: worker.leaseToken, now: noon)
        }
        #expect(try await fixture.job().state == .discarded)
        #expect(try await fixture.job().outcome == nil)
    }
}
