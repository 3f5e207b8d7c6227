package import Contract
import Foundation
import Jobs
import Synchronization

/// How the engine terminates machines and removes their disks and addresses, which cost money until they are removed.
extension FluenceEngine {
    private static let sweepInterval: TimeInterval = 3_600

    /// At most once an hour, removes disks and addresses whose machine is gone and whose job is not in `jobs`.
    package func sweep(keeping jobs: Set<JobID>) async {
        let isDue = cache.withLock { cache in
            guard cache.sweptAt.map({ now().timeIntervalSince($0) >= Self.sweepInterval }) ?? true else {
                return false
            }
            cache.sweptAt = now()
            return true
        }
        guard isDue else { return }
        do {
            let living = Set(try await api.vms(named: prefix).filter { !$0.isDead }.map(\.name))
            for kind in FluenceResource.Kind.allCases {
                for resource in try await api.resources(kind, named: prefix) {
                    // The name of a resource is the name of its machine, followed by `-boot` or `-ip`.
                    let owner = (resource.name ?? "").split(separator: "-").dropLast().joined(separator: "-")
                    guard !living.contains(owner), let key = key(of: owner), !jobs.contains(key.job) else {
                        continue
                    }
                    try await remove(kind, resource.id)
                    await notify(
                        "I removed \(resource.name ?? resource.id) at Fluence: its machine does not exist any more."
                    )
                }
            }
        } catch {
            await notify(
                "I cannot find and remove forgotten disks and addresses at Fluence: \(error). I try again in an hour."
            )
        }
    }

    /// Terminates the machine, then removes its address and its disk.
    ///
    /// - Throws: ``FluenceError`` if a request fails, if the machine has not terminated after five minutes, or if its
    ///   disk or address is still there after one minute.
    func end(_ vm: FluenceVM) async throws {
        if vm.status != "terminated" { try await ignoringDoubt { try await api.terminate(vm.id) } }
        for _ in 0..<60 {
            guard let current = try await current(vm.id), current.status != "terminated" else { break }
            try await clock.sleep(for: .seconds(5))
        }
        guard try await current(vm.id)?.status ?? "terminated" == "terminated" else {
            throw FluenceError.unavailable("the machine \(vm.name) has not terminated within 5 minutes")
        }
        if let address = vm.publicIp { try await remove(.address, address) }
        if let disk = vm.bootDisk { try await remove(.disk, disk) }
    }

    private func current(_ id: String) async throws -> FluenceVM? {
        do { return try await api.vm(id) } catch FluenceError.notFound { return nil }
    }

    /// Removes the disks and addresses of the machine `name`, including those of an order that failed half way.
    func removeResources(ofMachine name: String) async throws {
        for kind in FluenceResource.Kind.allCases {
            for resource in try await api.resources(kind, named: "\(name)-") {
                try await remove(kind, resource.id)
            }
        }
    }

    private func remove(_ kind: FluenceResource.Kind, _ id: String) async throws {
        for _ in 0..<12 {
            guard try await api.exists(kind, id) else { return }
            try await ignoringDoubt { try await api.remove(kind, id) }
            guard try await api.exists(kind, id) else { return }
            try await clock.sleep(for: .seconds(5))
        }
        throw FluenceError.unavailable("\(kind.rawValue)/\(id) was not removed within a minute")
    }

    /// Sends a request, but ignores the errors `notFound` and `unclear`, because the caller checks the result itself.
    private func ignoringDoubt(_ request: () async throws -> Void) async throws {
        do { try await request() } catch FluenceError.notFound {} catch FluenceError.unclear {}
    }
}
