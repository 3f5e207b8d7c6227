import Contract
import Jobs

/// Where a machine can be had, what it costs, and how it is ordered once.
extension FluenceEngine {
    struct Offer {
        let cluster: String
        let configuration: String
    }

    /// The price of one run at its longest, in dollars, in the cluster that is tried first.
    package func price() async throws -> Double {
        guard let first = try await offers().first else {
            throw FluenceError.noRoom("no cluster offers \(plan.configuration ?? "any size")")
        }
        let request = FluenceCostRequest(
            hours: EngineName.fluence.longestRunHours ?? TrainArguments.usualHours,
            configuration: first.configuration,
            cluster: first.cluster
        )
        return try await api.cost(request)
    }

    /// Orders the machine in the first cluster that has room, unless it is there already.
    func order(_ launch: Launch, _ key: WorkerKey, _ name: String) async throws {
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
    func offers() async throws -> [Offer] {
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
}
