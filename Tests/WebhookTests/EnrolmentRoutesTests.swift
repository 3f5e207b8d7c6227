import Contract
import Foundation
import HTTP
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Machines that ask for a job", .timeLimit(.minutes(10)))
struct EnrolmentRoutesTests {
    /// Notes an image whose machines hold the token that is returned.
    private func image(in door: Door, until date: Date = Date() + 3_600) async throws -> Secret {
        let token = Secret.random()
        let origin = Origin(chat: 1, user: 42, userName: "Ada")
        try await door.store.write { transaction in
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

    private func train(on engine: EngineName, in door: Door) async throws {
        let work = Work.train(TrainArguments(dataset: BlobID(bytes: Array(1...32))))
        let origin = Origin(chat: 1, user: 42, userName: "Ada")
        _ = try await door.store.write { try $0.enqueueRun(work, origin: origin, engine: engine, at: Date()) }
    }

    @Test("a machine gets the job that waits for machines like it, once, and claims it")
    func job() async throws {
        try await Door.open { door in
            let token = try await image(in: door)
            try await train(on: .local, in: door)
            #expect(try await door.post("/v1/claim", .text("{}"), token: token).status == 204)
            try await train(on: .enrolled, in: door)
            let answer = try await door.post("/v1/claim", .text("{}"), token: token)
            #expect(answer.status == 200)
            let enrolment = try Wire.decode(Enrolment.self, from: Array(answer.body.utf8))
            #expect(enrolment.job == 3)
            #expect(try await door.post("/v1/claim", .text("{}"), token: token).status == 204)
            let claim = try RequestBody.json(ClaimRequest(leaseToken: Secret.random().text))
            let claimed = try await door.post(
                "/v1/jobs/3/claim",
                claim,
                token: Secret(enrolment.launchToken)
            )
            #expect(claimed.status == 200)
        }
    }

    @Test("the token opens nothing but this, and nothing at all when it is unknown, too old or revoked")
    func refused() async throws {
        try await Door.open { door in
            let token = try await image(in: door)
            try await train(on: .enrolled, in: door)
            for path in ["/v1/jobs/2/claim", "/v1/jobs/2/events"] {
                let body = try RequestBody.json(ClaimRequest(leaseToken: Secret.random().text))
                #expect(try await door.post(path, body, token: token).status != 200)
            }
            #expect(try await door.post("/v1/claim", .text("{}")).status == 401)
            #expect(try await door.post("/v1/claim", .text("{}"), token: .random()).status == 401)
            let old = try await image(in: door, until: Date() - 1)
            #expect(try await door.post("/v1/claim", .text("{}"), token: old).status == 401)
            _ = try await door.store.write { try $0.revokeEnrolment(ofImage: 1) }
            #expect(try await door.post("/v1/claim", .text("{}"), token: token).status == 401)
            #expect(try await door.store.read { try $0.job(2)?.state } == .available)
        }
    }

    @Test("a token that asks too often is told to wait")
    func tooOften() async throws {
        var limits = APILimits()
        limits.requestsPerSecret = 3
        try await Door.open(limits) { door in
            let token = try await image(in: door)
            var answers: [Door.Answer] = []
            for _ in 0..<5 { answers.append(try await door.post("/v1/claim", .text("{}"), token: token)) }
            #expect(answers.map(\.status).contains(429))
            #expect(answers.last?.retryAfter != nil)
        }
    }
}
