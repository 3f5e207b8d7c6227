/// The body of `POST /v1/prices/cost`, which asks for the price of a machine with its disk and address.
struct FluencePriceRequest: Encodable, Sendable {
    /// Either a machine, a disk or an address: exactly one property is not nil.
    struct Item: Encodable {
        struct Resource<ID: Encodable & Sendable>: Encodable, Sendable {
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

        var vm: Resource<VM>?
        var storage: Resource<Storage>?
        var publicIp: Resource<Address>?
    }

    let secs: Int
    let resources: [Item]

    init(hours: Int, configuration: String, cluster: String) {
        secs = hours * 3_600
        resources = [
            Item(vm: .init(resource_id: .init(vmConfigurationId: configuration, clusterId: cluster))),
            Item(
                storage: .init(resource_id: .init(clusterId: cluster), volume_gb: FluenceOrder.diskSize)
            ),
            Item(publicIp: .init(resource_id: .init(clusterId: cluster))),
        ]
    }
}

struct FluencePrice: Decodable, Sendable {
    /// In dollars, a decimal number as text.
    let totalCost: String
}
