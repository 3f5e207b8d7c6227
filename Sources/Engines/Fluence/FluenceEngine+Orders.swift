import Contract
import Jobs

/// How the engine finds, prices and orders a machine.
extension FluenceEngine {
    /// A configuration that a cluster offers; both properties are ids.
    struct Offer {
        let cluster: String
        let configuration: String
    }

    /// The price in dollars of one run with the longest allowed time, in the cluster that is tried first.
    package func price() async throws -> Double {
        guard let first = try await offers().first else { throw noOffer }
        let request = FluencePriceRequest(
            hours: EngineName.fluence.attemptLimitHours ?? TrainArguments.defaultHours,
            configuration: first.configuration,
            cluster: first.cluster
        )
        return try await api.price(request)
    }

    private var noOffer: FluenceError {
        .noRoom("no cluster offers \(plan.configuration ?? "any configuration")")
    }

    /// Orders the machine in the first cluster that has room, unless a machine with this name exists.
    func order(_ launch: Launch, _ key: WorkerKey, _ name: String) async throws {
        let service = try await api.status()
        guard !service.maintenanceMode else { throw FluenceError.unavailable("maintenance") }
        guard name.count <= Self.longestName else {
            throw FluenceError.refused("the name \(name) has more than \(Self.longestName) characters")
        }
        guard let image = try await image() else {
            throw EngineError.cannotStart("there is no image with a public URL: make one with /build")
        }
        let offers = try await offers()
        guard !offers.isEmpty else { throw noOffer }
        // Each new start of a job begins with another cluster, because the last machine may have failed to boot.
        let first = (key.attempt - 1 + key.rescues) % offers.count
        var lastError = noOffer
        for offer in offers[first...] + offers[..<first] {
            do {
                return try await order(launch, name, image, offer)
            } catch let error as FluenceError {
                guard case .noRoom = error else { throw error }
                lastError = error
            }
        }
        throw lastError
    }

    /// Orders the machine, and repeats an order that had no clear answer.
    ///
    /// Before every order, searches for a machine with this name, so that no order is carried out twice.
    private func order(_ launch: Launch, _ name: String, _ image: String, _ offer: Offer) async throws {
        for wait in [5, 15, 30, nil] as [Int?] {
            if try await api.vms(named: name).contains(where: { $0.name == name && !$0.isDead }) { return }
            do {
                _ = try await api.order(try makeOrder(launch, name, image, offer))
                return
            } catch FluenceError.unclear(let reason) {
                guard let wait else { throw FluenceError.unclear(reason) }
                try await clock.sleep(for: .seconds(wait))
            }
        }
    }

    private func makeOrder(_ launch: Launch, _ name: String, _ image: String, _ offer: Offer) throws
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

    /// The offers that satisfy the plan, at most one for each cluster, in the order in which they are tried.
    func offers() async throws -> [Offer] {
        let clusters = try await api.clusters().sorted { $0.id < $1.id }
        let catalog = try await api.catalog().resources
        let isPreferred = { [plan] (cluster: FluenceCluster) in
            plan.cluster == cluster.id || plan.cluster == cluster.name
        }
        return (clusters.filter(isPreferred) + clusters.filter { !isPreferred($0) }).compactMap { cluster in
            let configurations = (catalog[cluster.id]?.availableConfigurations ?? [])
                .filter { plan.configuration == nil || $0.slug == plan.configuration }
            let smallest = configurations.min {
                ($0.vcpu, $0.ramGb, $0.slug) < ($1.vcpu, $1.ramGb, $1.slug)
            }
            return smallest.map { Offer(cluster: cluster.id, configuration: $0.id) }
        }
    }
}
