import Contract
import Engines
import Foundation
import HTTP
import Jobs
import Support
import Synchronization
import Testing

@Suite("The engine for Fluence", .timeLimit(.minutes(10)))
struct FluenceEngineTests {
    /// A fake, an engine that calls it, and the notices to the owner.
    struct Fixture: Sendable {
        let fake: FluenceFake
        let engine: FluenceEngine
        let notices: Notices

        final class Notices: Sendable {
            private let lines = Mutex<[String]>([])
            var all: [String] { lines.withLock { $0 } }
            func add(_ line: String) { lines.withLock { $0.append(line) } }
        }
    }

    static func engine(_ address: BaseURL, _ fake: FluenceFake, _ notices: Fixture.Notices = .init())
        -> FluenceEngine
    {
        var plan = FluenceEngine.Plan(bot: "https://bot.example/api", tag: "abc123")
        plan.maxMachines = 2
        return FluenceEngine(
            api: FluenceAPI(address: address, key: FluenceFake.key),
            plan: plan,
            image: { "https://bot.example/images/okai-0.qcow2" },
            notify: { notices.add($0) },
            clock: FastClock(),
            // Each answer is out of date at the next call.
            now: {
                fake.change { $0.now += 400 }
                return fake.state.now
            }
        )
    }

    private func withFixture(_ body: @escaping @Sendable (Fixture) async throws -> Void) async throws {
        let fake = FluenceFake()
        try await withLoopbackServer(fake.router) { address in
            let notices = Fixture.Notices()
            let engine = Self.engine(address, fake, notices)
            try await body(Fixture(fake: fake, engine: engine, notices: notices))
        }
        #expect(fake.state.violations == [])
    }

    @Test("an order has image, bot and job, and the token only in its user data")
    func order() async throws {
        try await withFixture { fixture in
            let handle = try await fixture.engine.start(.some, as: .first)
            #expect(handle == "okai-abc123-7-1-0")
            let vm = try #require(fixture.fake.state.vms.first)
            #expect(vm.name == handle)
            #expect(vm.cluster == "c-a")
            let line = try #require(vm.userData.split(separator: "\n").first { $0.hasPrefix("okai: ") })
            let settings = try Wire.decode(BootSettings.self, from: line.dropFirst(6).utf8)
            let expected = BootSettings(
                bot: "https://bot.example/api",
                job: 7,
                launchToken: Launch.some.launchToken
            )
            #expect(settings == expected)
            let before = fixture.fake.state.requests.prefix { !$0.hasPrefix("POST /v2/vms") }
            #expect(before.contains { $0.hasPrefix("GET /v1/service/status") })
            #expect(before.contains { $0.hasPrefix("GET /v2/vms?name=okai-abc123-7-1-0") })
        }
    }

    @Test("an order whose answer is lost is searched for, not repeated")
    func lostAnswer() async throws {
        try await withFixture { fixture in
            fixture.fake.change { $0.faults = [("POST /v2/vms", .lost)] }
            _ = try await fixture.engine.start(.some, as: .first)
            #expect(fixture.fake.state.vms.count == 1)
            fixture.fake.change { $0.faults = [("POST /v2/vms", .answer(status: 502, code: "x"))] }
            _ = try await fixture.engine.start(.some, as: .second)
            #expect(fixture.fake.state.vms.count == 2)
        }
    }

    @Test("if one cluster is full the next is tried; if all are full the start fails")
    func full() async throws {
        try await withFixture { fixture in
            fixture.fake.change { $0.full = ["c-a"] }
            _ = try await fixture.engine.start(.some, as: .first)
            #expect(fixture.fake.state.vms.map(\.cluster) == ["c-b"])
            fixture.fake.change { $0.full = ["c-a", "c-b"] }
            await #expect(throws: EngineError.self) { try await fixture.engine.start(.some, as: .second) }
            #expect(fixture.fake.state.vms.count == 1)
        }
    }

    @Test("the start after a lost worker goes to the next cluster")
    func nextCluster() async throws {
        try await withFixture { fixture in
            _ = try await fixture.engine.start(.some, as: .first)
            _ = try await fixture.engine.start(.some, as: .second)
            #expect(fixture.fake.state.vms.map(\.cluster) == ["c-a", "c-b"])
        }
    }

    @Test("without money the start waits and the owner gets a notice; an unavailable service is called again")
    func waits() async throws {
        try await withFixture { fixture in
            let refusals = [(406, "insufficient_balance"), (406, "account_not_in_good_standing")]
            for (status, code) in refusals {
                fixture.fake.change { $0.faults = [("POST /v2/vms", .answer(status: status, code: code))] }
                await #expect(throws: EngineError.noRoom(retryAfter: .seconds(900))) {
                    try await fixture.engine.start(.some, as: .first)
                }
                #expect(fixture.notices.all.last?.contains(code) == true)
            }
            fixture.fake.change {
                $0.faults = [("POST /v2/vms", .answer(status: 503, code: "capacity_telemetry_unavailable"))]
            }
            await #expect(throws: EngineError.noRoom(retryAfter: .seconds(60))) {
                try await fixture.engine.start(.some, as: .first)
            }
            fixture.fake.change { $0.isInMaintenance = true }
            await #expect(throws: EngineError.noRoom(retryAfter: .seconds(60))) {
                try await fixture.engine.start(.some, as: .first)
            }
            #expect(fixture.fake.state.vms.isEmpty)
        }
    }

    @Test("a lasting refusal is reported with its reason")
    func refused() async throws {
        try await withFixture { fixture in
            fixture.fake.change { $0.faults = [("POST /v2/vms", .answer(status: 403, code: "forbidden"))] }
            let words =
                "cannot start a worker: Fluence refused the request (forbidden: no, because of forbidden)"
            let error = await #expect(throws: EngineError.self) {
                try await fixture.engine.start(.some, as: .first)
            }
            #expect(error?.description == words)
        }
    }

    @Test("a machine that does not launch in time, fails or is suspended is lost")
    func lost() async throws {
        try await withFixture { fixture in
            let handle = try await fixture.engine.start(.some, as: .first)
            #expect(await fixture.engine.status(of: handle) == .alive)
            for status in ["failed", "suspended", "terminated"] {
                fixture.fake.change { $0.vms[0].status = status }
                #expect(await fixture.engine.status(of: handle) == .lost, "\(status)")
            }
            fixture.fake.change { state in
                state.vms[0].status = "launching"
                state.now += 900
            }
            #expect(await fixture.engine.status(of: handle) == .lost)
            fixture.fake.change { $0.vms[0].status = "launched" }
            #expect(await fixture.engine.status(of: handle) == .alive)
            fixture.fake.change {
                $0.faults = [("GET /v2/vms", .answer(status: 500, code: "internal_server_error"))]
            }
            #expect(await fixture.engine.status(of: handle) == .unknown)
        }
    }

    @Test("a stop removes machine, disk and address, also after errors of the service")
    func stop() async throws {
        try await withFixture { fixture in
            let handle = try await fixture.engine.start(.some, as: .first)
            fixture.fake.change {
                $0.faults = [
                    ("POST /v2/vms/id-1/terminate", .lost),
                    ("DELETE /v1/public_ips", .answer(status: 500, code: "internal_server_error")),
                    ("DELETE /v1/storages", .lost),
                ]
            }
            try await fixture.engine.stop(handle)
            #expect(fixture.fake.costs == [])
        }
    }

    @Test("an hourly sweep removes leftovers with a notice, and nothing of others")
    func sweep() async throws {
        try await withFixture { fixture in
            _ = try await fixture.engine.start(.some, as: .first)
            let alive = fixture.fake.costs
            fixture.fake.change { state in
                state.disks.append(.init(id: "d", name: "okai-abc123-3-1-0-boot"))
                state.addresses.append(.init(id: "i", name: "okai-abc123-3-1-0-ip"))
                state.disks.append(.init(id: "o", name: "okai-zzzzzz-3-1-0-boot"))
                state.disks.append(.init(id: "p", name: "somebody-s"))
            }
            await fixture.engine.sweep(keeping: [7])
            #expect(
                fixture.fake.costs.sorted() == (alive + ["okai-zzzzzz-3-1-0-boot", "somebody-s"]).sorted()
            )
            #expect(fixture.notices.all.count == 2)
            let requests = fixture.fake.state.requests.count
            await fixture.engine.sweep(keeping: [7])
            #expect(fixture.fake.state.requests.count == requests, "once an hour")
        }
    }

    @Test("an orphaned machine is stopped, and the owner gets a notice with its cost")
    func orphan() async throws {
        try await withFixture { fixture in
            let handle = try await fixture.engine.start(.some, as: .first)
            try await fixture.engine.stopOrphan(handle)
            #expect(fixture.fake.costs == [])
            #expect(fixture.notices.all.count == 1)
            #expect(fixture.notices.all.first?.contains("it cost about 0.0") == true)
        }
    }

    @Test("the price is the sum for machine, disk and address in the first cluster")
    func price() async throws {
        try await withFixture { fixture in
            let price = try await fixture.engine.price()
            #expect(abs(price - 0.3) < 1e-9)
        }
    }

    @Test(
        "the description of each error tells what to do",
        arguments: [
            (400, "bad_request", "refused"), (401, "unauthorized", "refused"), (403, "forbidden", "refused"),
            (404, "not_found", "found nothing"), (409, "default_topology_unusable", "refused"),
            (409, "conflict", "refused"), (422, "unprocessable_entity", "no free machine"),
            (422, "resource_price_unavailable", "no free machine"), (406, "insufficient_balance", "money"),
            (406, "account_not_in_good_standing", "money"), (406, "billing_not_provisioned", "money"),
            (503, "service_unavailable", "at the moment"),
            (503, "capacity_telemetry_unavailable", "at the moment"),
            (500, "internal_server_error", "no clear answer"), (502, "", "no clear answer"),
            (400, "cloud_init_too_large", "refused"), (406, "fleet_too_large", "refused"),
            (418, "something_new", "refused"), (503, "something_new", "at the moment"),
        ]
    )
    func errors(_ status: Int, _ code: String, _ words: String) {
        #expect(FluenceError(status: status, code: code, message: "w").description.contains(words))
    }
}
