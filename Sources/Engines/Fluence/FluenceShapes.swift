import Foundation

/// Whether the service takes orders now.
struct FluenceStatus: Decodable, Sendable {
    let maintenanceMode: Bool
    let version: String
}

/// A list as the service answers it: below `items`, or bare as it was before 0.10.
struct FluenceList<Item: Decodable & Sendable>: Decodable, Sendable {
    struct Pagination: Decodable {
        let totalPages: Int
    }

    let items: [Item]
    let pages: Int

    private enum CodingKeys: CodingKey { case items, pagination }

    init(from decoder: any Decoder) throws {
        if let bare = try? decoder.singleValueContainer().decode([Item].self) {  // else it has a frame
            (items, pages) = (bare, 1)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        items = try container.decode([Item].self, forKey: .items)
        pages = try container.decodeIfPresent(Pagination.self, forKey: .pagination)?.totalPages ?? 1
    }
}

struct FluenceCluster: Decodable, Sendable {
    let id: String
    let name: String
}

/// What there is to rent, by cluster.
struct FluenceResources: Decodable, Sendable {
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

/// A machine, as far as it matters here.
struct FluenceVM: Decodable, Sendable {
    let id: String
    let name: String
    /// An open word: what is unknown is neither ready nor dead.
    let status: String
    let bootDisk: String?
    let publicIp: String?
    let priceHourlyUsd: String?
    let createdAt: Date

    var isDead: Bool { ["failed", "terminated"].contains(status) }
    var isReady: Bool { status == "launched" }
}

/// A disk or an address.
struct FluenceThing: Decodable, Sendable {
    let id: String
    let name: String?
    let status: String?
}

/// `POST /v2/vms`.
struct FluenceOrder: Encodable, Sendable {
    struct Disk: Encodable {
        let clusterId: String
        let name: String
        let storageType = "NVME"
        /// The least that there is.
        let volumeGb = 25
        let replicated = false
        let osImage: String
    }

    struct Address: Encodable {
        let clusterId: String
        let name: String
        let addressType = "V4"
    }

    struct CloudInit: Encodable {
        let userData: String
    }

    let name: String
    let clusterId: String
    let configurationId: String
    let bootDisk: Disk
    let dataDisks: [String] = []
    let publicIp: Address
    let sshKeys: [String] = []
    let cloudInit: CloudInit

    private enum CodingKeys: CodingKey {
        case name, clusterId, configurationId, bootDisk, dataDisks, publicIp, sshKeys, cloudInit
    }
}

/// `POST /v1/prices/cost`: what a machine with its disk and address would cost.
struct FluenceCostRequest: Encodable, Sendable {
    /// One of three kinds, of which the others are left out.
    struct Resource: Encodable {
        struct Of<ID: Encodable & Sendable>: Encodable, Sendable {
            let resource_id: ID
            var volume_gb: Int?
        }
        struct VM: Encodable { let vmConfigurationId, clusterId: String }
        struct Storage: Encodable {
            let storageType = "NVME"
            let replicated = false
            let clusterId: String

            private enum CodingKeys: CodingKey { case storageType, replicated, clusterId }
        }
        struct Address: Encodable {
            let addressType = "V4"
            let clusterId: String

            private enum CodingKeys: CodingKey { case addressType, clusterId }
        }

        var vm: Of<VM>?
        var storage: Of<Storage>?
        var publicIp: Of<Address>?
    }

    let secs: Int
    let resources: [Resource]

    init(hours: Int, configuration: String, cluster: String) {
        secs = hours * 3_600
        resources = [
            Resource(vm: .init(resource_id: .init(vmConfigurationId: configuration, clusterId: cluster))),
            Resource(storage: .init(resource_id: .init(clusterId: cluster), volume_gb: 25)),
            Resource(publicIp: .init(resource_id: .init(clusterId: cluster))),
        ]
    }
}

struct FluenceCost: Decodable, Sendable {
    /// A decimal number as text.
    let totalCost: String
}
