package import Contract
import Foundation
import Jobs
import Synchronization

/// How machines are given back, so that nothing of them is left that costs money.
extension FluenceEngine {
    /// Once an hour: removes disks and addresses whose machine is gone.
    package func sweep(keeping jobs: Set<JobID>) async {
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
                    await notify("Something that was left of a machine is removed: \(thing.name ?? thing.id).")
                }
            }
        } catch {
            await notify(
                "What is left at Fluence cannot be looked after: \(error). It is tried again in an hour."
            )
        }
    }

    /// Terminates the machine, then removes what would go on costing money, and looks whether all of it is gone.
    func end(_ vm: FluenceVM) async throws {
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
    func removeThings(named name: String) async throws {
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
}
