import Contract
import Foundation
import HTTP
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Enrolled machines", .timeLimit(.minutes(10)))
struct EnrolmentRoutesTests {
    /// Inserts an image; returns its enrolment token.
    private func image(in api: APIFixture, until date: Date = Date() + 3_600) async throws -> Secret {
        let token = Secret.random()
        let origin = Origin(chat: 1, user: 42, userName: "Ada")
        try await api.store.write { transaction in
            let work = Work.build(BuildArguments(command: ["x"], folder: "/images", bot: "http://127.0.0.1"))
            let run = try transaction.enqueueRun(work, origin: origin, at: Date())
            _ = try transaction.requestCancel(of: run.id, at: Date())
            try transaction.insertImage(
                ImageFile(name: "okai.qcow2", size: 1, sha256: "00", enrolmentHash: ""),
                in: "/images",
                ofRun: run.id,
                enrolmentHash: token.hash,
                enrolsUntil: date,
                at: Date()
            )
        }
        return token
    }

    private func train(on engine: EngineName, hours: Int? = nil, in api: APIFixture) async throws {
        let work = Work.train(TrainArguments(dataset: BlobID(bytes: Array(1...32)), hours: hours))
        let origin = Origin(chat: 1, user: 42, userName: "Ada")
        _ = try await api.store.write { try $0.enqueueRun(work, origin: origin, engine: engine, at: Date()) }
    }

    @Test("an enrolled machine has the time that the request gives", arguments: [nil, 1, 100])
    func hours(_ hours: Int?) async throws {
        try await APIFixture.run { api in
            let token = try await image(in: api)
            try await train(on: .enrolled, hours: hours, in: api)
            let start = Date()
            let answer = try await api.post("/v1/claim", .text("{}"), token: token)
            let job = try Wire.decode(Enrolment.self, from: Array(answer.body.utf8)).job
            let deadline = try #require(try await api.store.read { try $0.job(job) }?.deadline)
            let limit = Double(hours ?? TrainArguments.defaultHours) * 3_600
            #expect((limit...limit + 600).contains(deadline.timeIntervalSince(start)))
        }
    }

    @Test("a machine gets a job for enrolled machines, once, and claims it")
    func job() async throws {
        try await APIFixture.run { api in
            let token = try await image(in: api)
            try await train(on: .local, in: api)
            #expect(try await api.post("/v1/claim", .text("{}"), token: token).status == 204)
            try await train(on: .enrolled, in: api)
            let answer = try await api.post("/v1/claim", .text("{}"), token: token)
            #expect(answer.status == 200)
            let enrolment = try Wire.decode(Enrolment.self, from: Array(answer.body.utf8))
            #expect(enrolment.job == 3)
            #expect(try await api.post("/v1/claim", .text("{}"), token: token).status == 204)
            let claim = try RequestBody.json(ClaimRequest(leaseToken: Secret.random().text))
            let claimed = try await api.post(
                "/v1/jobs/3/claim",
                claim,
                token: Secret(enrolment.launchToken)
            )
            #expect(claimed.status == 200)
        }
    }

    @Test("an enrolment token opens no other route; one that is unknown, expired or revoked opens none")
    func refused() async throws {
        try await APIFixture.run { api in
            let token = try await image(in: api)
            try await train(on: .enrolled, in: api)
            for path in ["/v1/jobs/2/claim", "/v1/jobs/2/events"] {
                let body = try RequestBody.json(ClaimRequest(leaseToken: Secret.random().text))
                #expect(try await api.post(path, body, token: token).status != 200)
            }
            #expect(try await api.post("/v1/claim", .text("{}")).status == 401)
            #expect(try await api.post("/v1/claim", .text("{}"), token: .random()).status == 401)
            let old = try await image(in: api, until: Date() - 1)
            #expect(try await api.post("/v1/claim", .text("{}"), token: old).status == 401)
            _ = try await api.store.write { try $0.revokeEnrolment(ofImage: 1) }
            #expect(try await api.post("/v1/claim", .text("{}"), token: token).status == 401)
            #expect(try await api.store.read { try $0.job(2)?.state } == .available)
        }
    }

    @Test("requests with one enrolment token have a limit")
    func tooOften() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 3
        limits.now = APILimitsTests.standingClock
        try await APIFixture.run(limits) { api in
            let token = try await image(in: api)
            for _ in 0..<3 {
                #expect(try await api.post("/v1/claim", .text("{}"), token: token).status == 204)
            }
            let refused = try await api.post("/v1/claim", .text("{}"), token: token)
            #expect(refused.status == 429)
            #expect(refused.retryAfter != nil)
        }
    }
}
