package import Contract
package import Foundation
import Synchronization

/// Rents a machine at Fluence for every job, and sees to it that nothing of it is left that costs money.
///
/// There is no key by which a repeated order is known, so names say which start of which job a machine is for, and
/// are looked up before anything is ordered.
package final class FluenceEngine: Engine {
    /// What is rented, and for how long it may stay silent.
    package struct Plan: Sendable {
        /// How machines reach the bot: its public URL.
        package var bot: String
        /// Tells this bot's machines from others of the account: letters and digits, six at the most.
        package var tag: String
        /// The slug of a size; nil: the smallest that there is.
        package var configuration: String?
        /// The id or name of the cluster to try first; nil: in the order of their ids.
        package var cluster: String?
        package var maxMachines = 1
        /// How long a machine may take until it runs; what the worker may take until it claims comes on top.
        package var boot = Duration.seconds(15 * 60)

        package init(bot: String, tag: String) {
            (self.bot, self.tag) = (bot, tag)
        }
    }

    package static let word = "fluence"
    package let name: String = FluenceEngine.word
    /// How long a run may take on a machine that is paid for, and so what its price is asked for.
    package static let hours = 6
    package var deadline: Duration? { .seconds(Self.hours * 3_600) }
    package var startLease: Duration { plan.boot + .seconds(10 * 60) }

    private let api: FluenceAPI
    private let plan: Plan
    private let image: @Sendable () async throws -> String?
    private let tell: @Sendable (String) async -> Void
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Date
    private let memory = Mutex(Memory())

    private struct Memory {
        /// What was found of a machine, so that the service is not asked at every turn.
        var seen: [String: (status: WorkerStatus, at: Date)] = [:]
        var listed: (workers: [WorkerKey: String], at: Date)?
        var sweptAt: Date?
        var told: (words: String, at: Date)?
    }

    /// `image` is the public URL of what is booted; `tell` reaches the bot's owner.
    package init(
        api: FluenceAPI,
        plan: Plan,
        image: @escaping @Sendable () async throws -> String?,
        tell: @escaping @Sendable (String) async -> Void,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.api, self.plan, self.image, self.tell) = (api, plan, image, tell)
        (self.clock, self.now) = (clock, now)
    }

    package func capacity(for kind: JobKind) -> Int { kind == .train ? plan.maxMachines : 0 }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        let name = machineName(key)
        do {
            try await order(launch, key, name)
        } catch let error as FluenceError {
            switch error {
            case .noMoney:
                await tellOnce("\(error). What needs a machine waits.")
                throw EngineError.noRoom(retryAfter: .seconds(900))
            case .later, .unclear: throw EngineError.noRoom(retryAfter: .seconds(60))
            case .noRoom, .refused, .notFound: throw EngineError.cannotStart("\(error)")
            }
        }
        return name
    }

    package func status(of handle: String) async -> WorkerStatus {
        if let seen = memory.withLock({ $0.seen[handle] }), now().timeIntervalSince(seen.at) < 20 {
            return seen.status
        }
        let status = await lookUp(handle)
        memory.withLock { $0.seen[handle] = (status, now()) }
        return status
    }

    package func list() async throws -> [WorkerKey: String] {
        if let listed = memory.withLock(\.listed), now().timeIntervalSince(listed.at) < 50 {
            return listed.workers
        }
        let names = try await api.vms(named: prefix).filter { !$0.isDead }.map(\.name)
        let workers = Dictionary(names.compactMap { name in key(of: name).map { ($0, name) } }) { $1 }
        memory.withLock { $0.listed = (workers, now()) }
        return workers
    }

    package func stop(_ handle: String) async throws {
        guard key(of: handle) != nil else { throw EngineError.unreadableHandle(handle) }
        memory.withLock { ($0.seen[handle], $0.listed) = (nil, nil) }
        for vm in try await api.vms(named: handle) where vm.name == handle { try await end(vm) }
        try await removeThings(named: handle)
    }

    package func stopOrphan(_ handle: String) async throws {
        let vms = try await api.vms(named: handle).filter { $0.name == handle }
        try await stop(handle)
        for vm in vms { await tell("A machine was given back: \(handle)\(cost(of: vm)).") }
    }

    /// Once an hour: removes disks and addresses whose machine is gone.
    package func tidy(keeping jobs: Set<Int64>) async {
        let isDue = memory.withLock { memory in
            guard memory.sweptAt.map({ now().timeIntervalSince($0) >= 3_600 }) ?? true else { return false }
            memory.sweptAt = now()
            return true
        }
        guard isDue else { return }
        do {
            let living = Set(try await api.vms(named: prefix).filter { !$0.isDead }.map(\.name))
            for kind in FluenceKind.allCases {
                for thing in try await api.things(kind, named: prefix) {
                    let owner = (thing.name ?? "").split(separator: "-").dropLast().joined(separator: "-")
                    guard !living.contains(owner), let key = key(of: owner), !jobs.contains(key.job) else {
                        continue
                    }
                    try await remove(kind, thing.id)
                    await tell("Something that was left of a machine is removed: \(thing.name ?? thing.id).")
                }
            }
        } catch {
            await tell(
                "What is left at Fluence cannot be looked after: \(error). It is tried again in an hour."
            )
        }
    }

    /// What the machines for one run would cost for so many hours, in dollars: in the cluster that is tried first.
    package func price(hours: Int = FluenceEngine.hours) async throws -> Double {
        guard let first = try await offers().first else {
            throw FluenceError.noRoom("no cluster offers \(plan.configuration ?? "any size")")
        }
        let request = FluenceCostRequest(
            hours: hours,
            configuration: first.configuration,
            cluster: first.cluster
        )
        return try await api.cost(request)
    }
}

extension FluenceEngine {
    private struct Offer {
        let cluster: String
        let configuration: String
    }

    private var prefix: String { "okai-\(plan.tag)-" }

    /// At most 25 letters, digits and hyphens, which is all that names may be.
    private func machineName(_ key: WorkerKey) -> String { "\(prefix)\(key)" }

    private func key(of name: String) -> WorkerKey? {
        name.hasPrefix(prefix) ? WorkerKey(name.dropFirst(prefix.count)) : nil
    }

    /// Orders the machine in the first cluster that has room, unless it is there already.
    private func order(_ launch: Launch, _ key: WorkerKey, _ name: String) async throws {
        let service = try await api.status()
        guard !service.maintenanceMode else { throw FluenceError.later("maintenance") }
        guard name.count <= 25 else { throw FluenceError.refused("\(name) is longer than a name may be") }
        guard let image = try await image() else {
            throw EngineError.cannotStart("there is no image with a public URL: make one with /build")
        }
        let offers = try await offers()
        guard !offers.isEmpty else {
            throw FluenceError.noRoom("no cluster offers \(plan.configuration ?? "any size")")
        }
        // A machine that did not come up is tried elsewhere.
        let shift = (key.attempt - 1 + key.rescues) % offers.count
        var full: FluenceError?
        for offer in offers[shift...] + offers[..<shift] {
            do {
                return try await order(launch, name, image, offer)
            } catch let error as FluenceError {
                guard case .noRoom = error else { throw error }
                full = error
            }
        }
        throw full ?? .noRoom("no cluster")
    }

    /// Looks before it orders, and after every answer that leaves it open whether the order was taken.
    private func order(_ launch: Launch, _ name: String, _ image: String, _ offer: Offer) async throws {
        for wait in [5, 15, 30, nil] as [Int?] {
            if try await api.vms(named: name).contains(where: { $0.name == name && !$0.isDead }) { return }
            do {
                _ = try await api.order(try make(launch, name, image, offer))
                return
            } catch FluenceError.unclear(let words) {
                guard let wait else { throw FluenceError.unclear(words) }
                try await clock.sleep(for: .seconds(wait))
            }
        }
    }

    private func make(_ launch: Launch, _ name: String, _ image: String, _ offer: Offer) throws
        -> FluenceOrder
    {
        let settings = BootSettings(bot: plan.bot, job: launch.job, launchToken: launch.launchToken)
        let json = String(decoding: try Wire.encode(settings), as: UTF8.self)
        return FluenceOrder(
            name: name,
            clusterId: offer.cluster,
            configurationId: offer.configuration,
            bootDisk: .init(clusterId: offer.cluster, name: "\(name)-boot", osImage: image),
            publicIp: .init(clusterId: offer.cluster, name: "\(name)-ip"),
            cloudInit: .init(userData: "#cloud-config\nokai: \(json)\n")
        )
    }

    /// Where what is wanted can be had, in the order in which it is tried.
    private func offers() async throws -> [Offer] {
        let clusters = try await api.clusters().sorted { $0.id < $1.id }
        let resources = try await api.resources().resources
        let isFirst = { [plan] (cluster: FluenceCluster) in
            plan.cluster == cluster.id || plan.cluster == cluster.name
        }
        return (clusters.filter(isFirst) + clusters.filter { !isFirst($0) }).compactMap { cluster in
            let sizes = (resources[cluster.id]?.availableConfigurations ?? [])
                .filter { plan.configuration == nil || $0.slug == plan.configuration }
            let smallest = sizes.min { ($0.vcpu, $0.ramGb, $0.slug) < ($1.vcpu, $1.ramGb, $1.slug) }
            return smallest.map { Offer(cluster: cluster.id, configuration: $0.id) }
        }
    }

    /// Says the same thing again only after some hours.
    private func tellOnce(_ words: String) async {
        let isNew = memory.withLock { memory in
            if let told = memory.told, told.words == words, now().timeIntervalSince(told.at) < 21_600 {
                return false
            }
            memory.told = (words, now())
            return true
        }
        if isNew { await tell(words) }
    }

    private func lookUp(_ handle: String) async -> WorkerStatus {
        guard key(of: handle) != nil else { return .unknown }
        do {
            guard let vm = try await api.vms(named: handle).first(where: { $0.name == handle }) else {
                return .lost
            }
            if vm.isDead || vm.status == "suspended" { return .lost }
            let age = now().timeIntervalSince(vm.createdAt)
            return vm.isReady || age < plan.boot / .seconds(1) ? .alive : .lost
        } catch {
            return .unknown
        }
    }

    /// Terminates the machine, then removes what would go on costing money, and looks whether all of it is gone.
    private func end(_ vm: FluenceVM) async throws {
        if vm.status != "terminated" { try await forgiving { try await api.terminate(vm.id) } }
        for _ in 0..<60 {
            guard let current = try await current(vm.id), current.status != "terminated" else { break }
            try await clock.sleep(for: .seconds(5))
        }
        guard try await current(vm.id)?.status ?? "terminated" == "terminated" else {
            throw FluenceError.later("\(vm.name) does not end")
        }
        if let address = vm.publicIp { try await remove(.address, address) }
        if let disk = vm.bootDisk { try await remove(.disk, disk) }
    }

    private func current(_ id: String) async throws -> FluenceVM? {
        do { return try await api.vm(id) } catch FluenceError.notFound { return nil }
    }

    /// What an order that failed half way has left, too.
    private func removeThings(named name: String) async throws {
        for kind in FluenceKind.allCases {
            for thing in try await api.things(kind, named: "\(name)-") { try await remove(kind, thing.id) }
        }
    }

    private func remove(_ kind: FluenceKind, _ id: String) async throws {
        for _ in 0..<12 {
            guard try await api.exists(kind, id) else { return }
            try await forgiving { try await api.remove(kind, id) }
            guard try await api.exists(kind, id) else { return }
            try await clock.sleep(for: .seconds(5))
        }
        throw FluenceError.later("\(kind.rawValue)/\(id) is not removed")
    }

    /// What is gone already, or just going, is as good: whoever calls looks afterwards.
    private func forgiving(_ act: () async throws -> Void) async throws {
        do { try await act() } catch FluenceError.notFound {} catch FluenceError.unclear {}
    }

    private func cost(of vm: FluenceVM) -> String {
        guard let hourly = vm.priceHourlyUsd.flatMap(Double.init) else { return "" }
        let hours = max(0, now().timeIntervalSince(vm.createdAt)) / 3_600
        return String(format: "; it cost about %.2f dollars", hourly * hours)
    }
}
