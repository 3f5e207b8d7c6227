/// A data centre.
struct FluenceCluster: Decodable, Sendable {
    let id: String
    let name: String
}

/// The configurations of machines that each cluster offers, by the cluster's id.
struct FluenceCatalog: Decodable, Sendable {
    struct Cluster: Decodable, Sendable {
        let availableConfigurations: [FluenceConfiguration]
    }

    let resources: [String: Cluster]
}

/// A size of machine.
struct FluenceConfiguration: Decodable, Sendable {
    let id: String
    let slug: String
    let vcpu: Int
    let ramGb: Int
}
