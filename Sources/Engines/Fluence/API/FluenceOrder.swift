/// The body of `POST /v2/vms`: a machine with a boot disk and a public address.
struct FluenceOrder: Encodable, Sendable {
    struct Disk: Encodable {
        let clusterId: String
        let name: String
        let storageType = "NVME"
        let volumeGb = FluenceOrder.diskSize
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

    /// The smallest disk that Fluence offers, in GB.
    static let diskSize = 25

    private enum CodingKeys: CodingKey {
        case name, clusterId, configurationId, bootDisk, dataDisks, publicIp, sshKeys, cloudInit
    }
}
