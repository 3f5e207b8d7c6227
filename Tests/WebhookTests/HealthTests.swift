import Foundation
import Store
import Support
import Synchronization
import Testing
import Webhook

@Suite("The health of the bot", .timeLimit(.minutes(10)))
struct HealthTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)

    /// Asks for the health of a bot whose storage fails if `fault` is given, and whose polls are as given.
    private static func ask(
        _ path: String,
        storing fault: (any Error)? = nil,
        polls: Health.Polls? = nil
    ) async throws -> (status: Int, report: JSONValue) {
        let storage = StorageCheck(folder: "/") { if let fault { throw fault } }
        var limits = APILimits()
        limits.now = { now }
        let answer = Mutex<(Int, JSONValue)?>(nil)
        try await APIFixture.run(limits, health: Health(storage: storage, polls: polls)) { api in
            let response = try await api.get(path)
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(response.body.utf8))
            answer.withLock { $0 = (response.status, report) }
        }
        return try #require(answer.withLock { $0 })
    }

    @Test("a bot that can store is well, and says how much room it has")
    func well() async throws {
        let (status, report) = try await Self.ask("/health")
        #expect(status == 200)
        #expect(report["status"] == "ok")
        #expect(report["telegram"] == "none")
        #expect(report["disk"]?["ok"] == true)
        #expect(report["disk"]?["free"] != nil)
        #expect(try await Self.ask("/v1/health").report == .object(["healthy": true]))
    }

    @Test("a bot that cannot store is unavailable")
    func full() async throws {
        let fault = StoreError.unavailable("no room")
        let (status, report) = try await Self.ask("/health", storing: fault)
        #expect(status == 503)
        #expect(report["status"] == "unavailable")
        #expect(report["disk"]?["ok"] == false)
        let ntfy = try await Self.ask("/v1/health", storing: fault)
        #expect(ntfy.status == 503)
        #expect(ntfy.report == .object(["healthy": false]))
    }

    @Test(
        "the polls of Telegram are told, and posts are still stored without them",
        arguments: [
            (nil, nil, "starting", "ok"), (-9, nil, "polling", "ok"),
            (-9, "it says 502", "not polled for 9 s: it says 502", "degraded"),
            (-300, nil, "not polled for 300 s", "degraded"),
            (nil, "no route", "not polled yet: no route", "degraded"),
        ] as [(Double?, String?, String, String)]
    )
    func telegram(_ age: Double?, _ failure: String?, _ text: String, _ status: String) async throws {
        let answer = try await Self.ask("/health", polls: { (age.map { Self.now + $0 }, failure) })
        #expect(answer.status == 200)
        #expect(answer.report["telegram"]?.string == text)
        #expect(answer.report["status"]?.string == status)
    }

    @Test("requests in a short time share one write")
    func shared() async throws {
        let writes = Mutex(0)
        let storage = StorageCheck(folder: "/", validity: .seconds(600)) { writes.withLock { $0 += 1 } }
        try await APIFixture.run(health: Health(storage: storage)) { api in
            for _ in 0..<9 {
                let answer = try await api.get("/health")
                #expect(answer.status == 200)
            }
        }
        #expect(writes.withLock { $0 } == 1)
    }

    @Test("room that comes back is found")
    func recovery() async throws {
        let isFull = Mutex(true)
        let storage = StorageCheck(folder: "/", validity: .zero) {
            if isFull.withLock({ $0 }) { throw StoreError.unavailable("no room") }
        }
        try await APIFixture.run(health: Health(storage: storage)) { api in
            let first = try await api.get("/health")
            isFull.withLock { $0 = false }
            let second = try await api.get("/health")
            #expect((first.status, second.status) == (503, 200))
        }
    }
}
