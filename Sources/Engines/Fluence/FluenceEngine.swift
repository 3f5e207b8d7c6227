package import Contract
package import Foundation
package import Jobs
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

    package let name = EngineName.fluence
    package var startLease: Duration { plan.boot + .seconds(10 * 60) }

    /// How soon to ask again for a machine when the account has no money left.
    private static let moneyRetry = Duration.seconds(15 * 60)
    /// How soon to ask again when the service takes no orders, or its answer was unclear.
    private static let serviceRetry = Duration.seconds(60)

    let api: FluenceAPI
    let plan: Plan
    let image: @Sendable () async throws -> String?
    let notify: @Sendable (String) async -> Void
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let memory = Mutex(Memory())

    struct Memory {
        /// What was found of a machine, so that the service is not asked at every turn.
        var seen: [String: (status: WorkerStatus, at: Date)] = [:]
        var listed: (workers: [WorkerKey: String], at: Date)?
        var sweptAt: Date?
        var notified: (text: String, at: Date)?
    }

    /// `image` is the public URL of what is booted; `notify` tells the bot's owners.
    package init(
        api: FluenceAPI,
        plan: Plan,
        image: @escaping @Sendable () async throws -> String?,
        notify: @escaping @Sendable (String) async -> Void,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.api, self.plan, self.image, self.notify) = (api, plan, image, notify)
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
                await notifyOnce("\(error). What needs a machine waits.")
                throw EngineError.noRoom(retryAfter: Self.moneyRetry)
            case .later, .unclear: throw EngineError.noRoom(retryAfter: Self.serviceRetry)
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
        for vm in vms { await notify("A machine was given back: \(handle)\(cost(of: vm)).") }
    }
}

extension FluenceEngine {
    var prefix: String { "okai-\(plan.tag)-" }

    /// At most 25 letters, digits and hyphens, which is all that names may be.
    private func machineName(_ key: WorkerKey) -> String { "\(prefix)\(key)" }

    func key(of name: String) -> WorkerKey? {
        name.hasPrefix(prefix) ? WorkerKey(name.dropFirst(prefix.count)) : nil
    }

    /// How long the same notice is not repeated, in seconds.
    private static let noticeInterval: TimeInterval = 6 * 3_600

    /// Tells the owners, unless they were told the same less than ``noticeInterval`` ago.
    private func notifyOnce(_ text: String) async {
        let isNew = memory.withLock { memory in
            if let last = memory.notified, last.text == text,
                now().timeIntervalSince(last.at) < Self.noticeInterval
            {
                return false
            }
            memory.notified = (text, now())
            return true
        }
        if isNew { await notify(text) }
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

    private func cost(of vm: FluenceVM) -> String {
        guard let hourly = vm.priceHourlyUsd.flatMap(Double.init) else { return "" }
        let hours = max(0, now().timeIntervalSince(vm.createdAt)) / 3_600
        return String(format: "; it cost about %.2f dollars", hourly * hours)
    }
}
