import Contract
import Engines
import Foundation
import HTTP
import Jobs
import Support
import Synchronization
import Testing

@Suite("Machines at Fluence", .timeLimit(.minutes(10)))
struct FluenceEngineTests {
    /// A fake, an engine that asks it, and what the owner was told.
    struct Scene: Sendable {
        let fake: FluenceFake
        let engine: FluenceEngine
        let told: Told

        final class Told: Sendable {
            private let lines = Mutex<[String]>([])
            var all: [String] { lines.withLock { $0 } }
            func add(_ line: String) { lines.withLock { $0.append(line) } }
        }
    }

    static func engine(_ address: BaseURL, _ fake: FluenceFake, _ told: Scene.Told = .init()) -> FluenceEngine
    {
        var plan = FluenceEngine.Plan(bot: "https://bot.example/api", tag: "abc123")
        plan.maxMachines = 2
        return FluenceEngine(
            api: FluenceAPI(address: address, key: FluenceFake.key),
            plan: plan,
            image: { "https://bot.example/images/okai-0.qcow2" },
            notify: { told.add($0) },
            clock: FastClock(),
            // Nothing that was seen before is still true.
            now: {
                fake.change { $0.now += 400 }
                return fake.state.now
            }
        )
    }

    private func play(_ body: @escaping @Sendable (Scene) async throws -> Void) async throws {
        let fake = FluenceFake()
        try await withLoopbackServer(fake.router) { address in
            let told = Scene.Told()
            try await body(Scene(fake: fake, engine: Self.engine(address, fake, told), told: told))
        }
        #expect(fake.state.violations == [])
    }

    @Test("the order names image, bot and job, and holds the token in the user data alone")
    func order() async throws {
        try await play { scene in
            let handle = try await scene.engine.start(.some, as: .first)
            #expect(handle == "okai-abc123-7-1-0")
            let vm = try #require(scene.fake.state.vms.first)
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
            let before = scene.fake.state.requests.prefix { !$0.hasPrefix("POST /v2/vms") }
            #expect(before.contains { $0.hasPrefix("GET /v1/service/status") })
            #expect(before.contains { $0.hasPrefix("GET /v2/vms?name=okai-abc123-7-1-0") })
        }
    }

    @Test("an order whose answer is lost is looked up, not made again")
    func lostAnswer() async throws {
        try await play { scene in
            scene.fake.change { $0.faults = [("POST /v2/vms", .lost)] }
            _ = try await scene.engine.start(.some, as: .first)
            #expect(scene.fake.state.vms.count == 1)
            scene.fake.change { $0.faults = [("POST /v2/vms", .answer(status: 502, code: "x"))] }
            _ = try await scene.engine.start(.some, as: .second)
            #expect(scene.fake.state.vms.count == 2)
        }
    }

    @Test("where one cluster is full another is asked, and where all are the run fails with the reason")
    func full() async throws {
        try await play { scene in
            scene.fake.change { $0.full = ["c-a"] }
            _ = try await scene.engine.start(.some, as: .first)
            #expect(scene.fake.state.vms.map(\.cluster) == ["c-b"])
            scene.fake.change { $0.full = ["c-a", "c-b"] }
            await #expect(throws: EngineError.self) { try await scene.engine.start(.some, as: .second) }
            #expect(scene.fake.state.vms.count == 1)
        }
    }

    @Test("the next start of a job that got lost goes to the next cluster")
    func nextCluster() async throws {
        try await play { scene in
            _ = try await scene.engine.start(.some, as: .first)
            _ = try await scene.engine.start(.some, as: .second)
            #expect(scene.fake.state.vms.map(\.cluster) == ["c-a", "c-b"])
        }
    }

    @Test("without money the run waits and the owner hears of it; a service that is away is asked again")
    func waits() async throws {
        try await play { scene in
            let refusals = [(406, "insufficient_balance"), (406, "account_not_in_good_standing")]
            for (status, code) in refusals {
                scene.fake.change { $0.faults = [("POST /v2/vms", .answer(status: status, code: code))] }
                await #expect(throws: EngineError.noRoom(retryAfter: .seconds(900))) {
                    try await scene.engine.start(.some, as: .first)
                }
                #expect(scene.told.all.last?.contains(code) == true)
            }
            scene.fake.change {
                $0.faults = [("POST /v2/vms", .answer(status: 503, code: "capacity_telemetry_unavailable"))]
            }
            await #expect(throws: EngineError.noRoom(retryAfter: .seconds(60))) {
                try await scene.engine.start(.some, as: .first)
            }
            scene.fake.change { $0.isInMaintenance = true }
            await #expect(throws: EngineError.noRoom(retryAfter: .seconds(60))) {
                try await scene.engine.start(.some, as: .first)
            }
            #expect(scene.fake.state.vms.isEmpty)
        }
    }

    @Test("what is refused for good is told with its reason")
    func refused() async throws {
        try await play { scene in
            scene.fake.change { $0.faults = [("POST /v2/vms", .answer(status: 403, code: "forbidden"))] }
            let words = "cannot start a worker: Fluence refused the request (forbidden: no, because of forbidden)"
            let error = await #expect(throws: EngineError.self) {
                try await scene.engine.start(.some, as: .first)
            }
            #expect(error?.description == words)
        }
    }

    @Test("a machine that does not come up in time, or fails, or is suspended, is lost")
    func lost() async throws {
        try await play { scene in
            let handle = try await scene.engine.start(.some, as: .first)
            #expect(await scene.engine.status(of: handle) == .alive)
            for status in ["failed", "suspended", "terminated"] {
                scene.fake.change { $0.vms[0].status = status }
                #expect(await scene.engine.status(of: handle) == .lost, "\(status)")
            }
            scene.fake.change { state in
                state.vms[0].status = "launching"
                state.now += 900
            }
            #expect(await scene.engine.status(of: handle) == .lost)
            scene.fake.change { $0.vms[0].status = "launched" }
            #expect(await scene.engine.status(of: handle) == .alive)
            scene.fake.change {
                $0.faults = [("GET /v2/vms", .answer(status: 500, code: "internal_server_error"))]
            }
            #expect(await scene.engine.status(of: handle) == .unknown)
        }
    }

    @Test("a stop leaves neither machine, disk nor address, even where the service stumbles")
    func stop() async throws {
        try await play { scene in
            let handle = try await scene.engine.start(.some, as: .first)
            scene.fake.change {
                $0.faults = [
                    ("POST /v2/vms/id-1/terminate", .lost),
                    ("DELETE /v1/public_ips", .answer(status: 500, code: "internal_server_error")),
                    ("DELETE /v1/storages", .lost),
                ]
            }
            try await scene.engine.stop(handle)
            #expect(scene.fake.costs == [])
        }
    }

    @Test("the hourly sweep removes what is left and says so, and touches nothing of others")
    func sweep() async throws {
        try await play { scene in
            _ = try await scene.engine.start(.some, as: .first)
            let alive = scene.fake.costs
            scene.fake.change { state in
                state.disks.append(.init(id: "d", name: "okai-abc123-3-1-0-boot"))
                state.addresses.append(.init(id: "i", name: "okai-abc123-3-1-0-ip"))
                state.disks.append(.init(id: "o", name: "okai-zzzzzz-3-1-0-boot"))
                state.disks.append(.init(id: "p", name: "somebody-s"))
            }
            await scene.engine.sweep(keeping: [7])
            #expect(scene.fake.costs.sorted() == (alive + ["okai-zzzzzz-3-1-0-boot", "somebody-s"]).sorted())
            #expect(scene.told.all.count == 2)
            let requests = scene.fake.state.requests.count
            await scene.engine.sweep(keeping: [7])
            #expect(scene.fake.state.requests.count == requests, "once an hour")
        }
    }

    @Test("a machine that nobody waits for is ended, and the owner hears what it cost")
    func orphan() async throws {
        try await play { scene in
            let handle = try await scene.engine.start(.some, as: .first)
            try await scene.engine.stopOrphan(handle)
            #expect(scene.fake.costs == [])
            #expect(scene.told.all.count == 1)
            #expect(scene.told.all.first?.contains("it cost about 0.0") == true)
        }
    }

    @Test("the price is that of machine, disk and address in the cluster that is tried first")
    func price() async throws {
        try await play { scene in
            let price = try await scene.engine.price()
            #expect(abs(price - 0.3) < 1e-9)
        }
    }

    @Test(
        "every error of the table is sorted by what to do about it",
        arguments: [
            (400, "bad_request", "refused"), (401, "unauthorized", "refused"), (403, "forbidden", "refused"),
            (404, "not_found", "found nothing"), (409, "default_topology_unusable", "refused"),
            (409, "conflict", "refused"), (422, "unprocessable_entity", "no free machine"),
            (422, "resource_price_unavailable", "no free machine"), (406, "insufficient_balance", "money"),
            (406, "account_not_in_good_standing", "money"), (406, "billing_not_provisioned", "money"),
            (503, "service_unavailable", "at the moment"), (503, "capacity_telemetry_unavailable", "at the moment"),
            (500, "internal_server_error", "no clear answer"), (502, "", "no clear answer"),
            (400, "cloud_init_too_large", "refused"), (406, "fleet_too_large", "refused"),
            (418, "something_new", "refused"), (503, "something_new", "at the moment"),
        ]
    )
    func errors(_ status: Int, _ code: String, _ words: String) {
        #expect(FluenceError(status: status, code: code, message: "w").description.contains(words))
    }
}
