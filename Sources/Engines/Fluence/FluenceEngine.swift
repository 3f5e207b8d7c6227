package import Contract
package import Foundation
package import Jobs
import Synchronization

/// Rents a machine from Fluence for each training, and later removes the machine, its disk and its address.
///
/// Each of the three costs money until it is removed. Fluence has no idempotency keys. A machine is therefore named
/// after its ``WorkerKey``, and before an order the engine searches for a machine with that name.
package final class FluenceEngine: Engine {
    /// The machines to rent.
    package struct Plan: Sendable {
        /// The public URL at which machines reach the bot.
        package var bot: String
        /// A part of the names of this bot's machines, at most six letters and digits.
        ///
        /// It distinguishes them from other machines of the account.
        package var tag: String
        /// The slug of a configuration; nil: the smallest that a cluster offers.
        package var configuration: String?
        /// The id or name of the cluster to try first; nil: clusters are tried in the order of their ids.
        package var cluster: String?
        package var maxMachines = 1
        /// How long a machine may take until Fluence reports that it runs.
        package var bootTime = Duration.seconds(15 * 60)

        package init(bot: String, tag: String) {
            (self.bot, self.tag) = (bot, tag)
        }
    }

    package let name = EngineName.fluence
    /// The time to boot, and ten minutes in which the worker starts and claims its job.
    package var startLease: Duration { plan.bootTime + .seconds(10 * 60) }

    /// The wait before the next order if the account has no money.
    private static let moneyRetry = Duration.seconds(15 * 60)
    /// The wait before the next order if Fluence accepts no orders at the moment, or gave no clear answer.
    private static let serviceRetry = Duration.seconds(60)
    /// How long the status of a machine is cached, in seconds.
    private static let statusAge: TimeInterval = 20
    /// How long the list of machines is cached, in seconds.
    private static let listAge: TimeInterval = 50
    /// The most characters that Fluence allows in a name.
    static let longestName = 25

    let api: FluenceAPI
    let plan: Plan
    let image: @Sendable () async throws -> String?
    let notify: @Sendable (String) async -> Void
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let cache = Mutex(Cache())

    /// Fluence's latest answers, so that the engine does not ask Fluence at every pass of the runner.
    struct Cache {
        /// The statuses of machines, by handle.
        var statuses: [String: (status: WorkerStatus, at: Date)] = [:]
        var list: (workers: [WorkerKey: String], at: Date)?
        var sweptAt: Date?
        var lastNotice: (text: String, at: Date)?
    }

    /// - Parameters:
    ///   - api: Fluence's interface, with the account's key.
    ///   - plan: The machines to rent.
    ///   - image: Returns the public URL of the image to boot; nil if there is none.
    ///   - notify: Sends a text to the bot's owners.
    ///   - clock: Waits between requests.
    ///   - now: Returns the current time.
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
                await notifyOnce("\(error). Runs that need a machine must wait.")
                throw EngineError.noRoom(retryAfter: Self.moneyRetry)
            case .unavailable, .unclear: throw EngineError.noRoom(retryAfter: Self.serviceRetry)
            case .noRoom, .refused, .notFound: throw EngineError.cannotStart("\(error)")
            }
        }
        return name
    }

    package func status(of handle: String) async -> WorkerStatus {
        if let cached = cache.withLock({ $0.statuses[handle] }),
            now().timeIntervalSince(cached.at) < Self.statusAge
        {
            return cached.status
        }
        let status = await fetchStatus(of: handle)
        cache.withLock { $0.statuses[handle] = (status, now()) }
        return status
    }

    package func list() async throws -> [WorkerKey: String] {
        if let cached = cache.withLock(\.list), now().timeIntervalSince(cached.at) < Self.listAge {
            return cached.workers
        }
        let names = try await api.vms(named: prefix).filter { !$0.isDead }.map(\.name)
        let workers = Dictionary(names.compactMap { name in key(of: name).map { ($0, name) } }) { $1 }
        cache.withLock { $0.list = (workers, now()) }
        return workers
    }

    package func stop(_ handle: String) async throws {
        guard key(of: handle) != nil else { throw EngineError.unreadableHandle(handle) }
        cache.withLock { ($0.statuses[handle], $0.list) = (nil, nil) }
        for vm in try await api.vms(named: handle) where vm.name == handle { try await end(vm) }
        try await removeResources(ofMachine: handle)
    }

    package func stopOrphan(_ handle: String) async throws {
        let vms = try await api.vms(named: handle).filter { $0.name == handle }
        try await stop(handle)
        for vm in vms {
            await notify("I removed the machine \(handle), which had no running job\(cost(of: vm)).")
        }
    }
}

extension FluenceEngine {
    var prefix: String { "okai-\(plan.tag)-" }

    /// The name of a machine, with letters, digits and hyphens only, because Fluence allows no other characters.
    private func machineName(_ key: WorkerKey) -> String { "\(prefix)\(key)" }

    func key(of name: String) -> WorkerKey? {
        name.hasPrefix(prefix) ? WorkerKey(name.dropFirst(prefix.count)) : nil
    }

    /// The time before the same notice is sent again, in seconds.
    private static let noticeInterval: TimeInterval = 6 * 3_600

    /// Notifies the owners, unless the last notice had the same text and was sent less than ``noticeInterval`` ago.
    private func notifyOnce(_ text: String) async {
        let isNew = cache.withLock { cache in
            if let last = cache.lastNotice, last.text == text,
                now().timeIntervalSince(last.at) < Self.noticeInterval
            {
                return false
            }
            cache.lastNotice = (text, now())
            return true
        }
        if isNew { await notify(text) }
    }

    private func fetchStatus(of handle: String) async -> WorkerStatus {
        guard key(of: handle) != nil else { return .unknown }
        do {
            guard let vm = try await api.vms(named: handle).first(where: { $0.name == handle }) else {
                return .lost
            }
            if vm.isDead || vm.status == "suspended" { return .lost }
            let age = now().timeIntervalSince(vm.createdAt)
            return vm.isReady || age < plan.bootTime / .seconds(1) ? .alive : .lost
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
