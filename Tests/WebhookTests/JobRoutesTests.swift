import Contract
import Foundation
import HTTP
import Jobs
import Store
import Support
import Testing

@Suite("Routes for workers", .timeLimit(.minutes(10)))
struct JobRoutesTests {
    private static let lease = Secret.random()

    @Test("a claim is answered with the assignment; the same claim again gets the same answer")
    func claim() async throws {
        try await APIFixture.run { api in
            let token = try await api.launchedJob()
            let claim = try RequestBody.json(ClaimRequest(leaseToken: Self.lease.text))
            let first = try await api.post("/v1/jobs/1/claim", claim, token: token)
            #expect(first.status == 200)
            let assignment = try Wire.decode(Assignment.self, from: Array(first.body.utf8))
            #expect(assignment.job == 1)
            #expect(assignment.walrus.aggregators == ["https://a.example"])
            #expect(assignment.work.kind == .train)
            #expect(try await api.post("/v1/jobs/1/claim", claim, token: token).status == 200)
            let other = try RequestBody.json(ClaimRequest(leaseToken: Secret.random().text))
            #expect(try await api.post("/v1/jobs/1/claim", other, token: token).status == 401)
        }
    }

    @Test("events are saved, and the reply says whether the job is to be cancelled")
    func events() async throws {
        try await APIFixture.run { api in
            try await api.claimedJob(Self.lease)
            let batch = try RequestBody.json(
                EventBatch(events: [
                    .init(sequence: 1, event: .phase(name: .pulling)),
                    .init(sequence: 2, event: .log(line: "hello")),
                ])
            )
            for _ in 0..<2 {
                let answer = try await api.post("/v1/jobs/1/events", batch, token: Self.lease)
                #expect(answer.status == 200)
                #expect(try Wire.decode(EventReply.self, from: Array(answer.body.utf8)).cancel == false)
            }
            #expect(try await api.store.read { try $0.log(ofJob: 1) }.map(\.line) == ["hello"])
            #expect(try await api.store.read { try $0.job(1) }?.phase == .pulling)
            _ = try await api.store.write { try $0.requestCancel(of: 1, at: .now) }
            let told = try await api.post(
                "/v1/jobs/1/events",
                .json(EventBatch(events: [])),
                token: Self.lease
            )
            #expect(try Wire.decode(EventReply.self, from: Array(told.body.utf8)).cancel)
        }
    }

    @Test("a worker of an unknown protocol is told what to do, and its job fails")
    func unsupportedWorker() async throws {
        try await APIFixture.run { api in
            let token = try await api.launchedJob()
            let unknown = WorkerProtocol.supported.upperBound + 1
            let claim = try RequestBody.json(
                ClaimRequest(leaseToken: Self.lease.text, protocolVersion: unknown)
            )
            let refused = try await api.post("/v1/jobs/1/claim", claim, token: token)
            #expect(refused.status == 401)
            #expect(try refused.code == "UNSUPPORTED_WORKER")
            #expect(refused.body.contains("update the bot"), "\(refused.body)")
            let job = try #require(try await api.store.read { try $0.job(1) })
            #expect(job.state == .discarded)
            #expect(job.failure?.advice.contains("pdate") == true, "\(job)")
        }
    }

    @Test(
        "without a valid token every route answers 401, whether the job exists or not",
        arguments: [
            "/v1/jobs/1/events", "/v1/jobs/2/events", "/v1/jobs/x/events", "/v1/jobs/1/claim",
            "/v1/jobs/9/claim", "/v1/jobs/1/publisher-token", "/v1/jobs/2/publisher-token",
        ]
    )
    func unauthorized(_ path: String) async throws {
        try await APIFixture.run { api in
            try await api.claimedJob(Self.lease)
            let body: RequestBody =
                path.hasSuffix("claim")
                ? try .json(ClaimRequest(leaseToken: Self.lease.text)) : try .json(EventBatch(events: []))
            for token in [nil, Secret.random(), Secret("")] {
                let answer = try await api.post(path, body, token: token)
                #expect(answer.status == 401)
                #expect(try answer.code == "UNAUTHORIZED", "\(answer.body)")
            }
        }
    }

    @Test("a worker gets a publisher token for each size while it has the lease")
    func publisherToken() async throws {
        try await APIFixture.run(publisherToken: { "token for \($0) bytes" }) { api in
            try await api.claimedJob(Self.lease)
            for size in [7, 8] {
                let put = try RequestBody.json(PublisherTokenRequest(size: size))
                let answer = try await api.post("/v1/jobs/1/publisher-token", put, token: Self.lease)
                #expect(answer.status == 200)
                let token = try Wire.decode(PublisherTokenAnswer.self, from: Array(answer.body.utf8)).token
                #expect(token == "token for \(size) bytes")
                let other = try await api.post("/v1/jobs/1/publisher-token", put, token: Secret.random())
                #expect(other.status == 401)
            }
            let end = EventBatch(events: [.init(sequence: 1, event: .cancelled)])
            _ = try await api.post("/v1/jobs/1/events", .json(end), token: Self.lease)
            let put = try RequestBody.json(PublisherTokenRequest(size: 7))
            #expect(try await api.post("/v1/jobs/1/publisher-token", put, token: Self.lease).status == 401)
        }
    }

    @Test("a bot without a publisher secret answers 404 to requests for publisher tokens")
    func noPublisherToken() async throws {
        try await APIFixture.run { api in
            try await api.claimedJob(Self.lease)
            let put = try RequestBody.json(PublisherTokenRequest(size: 7))
            #expect(try await api.post("/v1/jobs/1/publisher-token", put, token: Self.lease).status == 404)
        }
    }

    @Test(
        "a malformed body is refused with the name of the expected type",
        arguments: ["", "{", "[]", #"{"events": [{"sequence": "x"}]}"#]
    )
    func malformed(_ body: String) async throws {
        try await APIFixture.run { api in
            try await api.claimedJob(Self.lease)
            let answer = try await api.post("/v1/jobs/1/events", .text(body), token: Self.lease)
            #expect(answer.status == 400)
            #expect(try answer.code == "MALFORMED_BODY")
            #expect(answer.body.contains("EventBatch"))
        }
    }
}

extension APIFixture {
    fileprivate func claimedJob(_ lease: Secret) async throws {
        let token = try await launchedJob()
        _ = try await queue.claim(1, launchToken: token, leaseToken: lease)
    }
}
