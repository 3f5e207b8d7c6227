import Foundation

/// The rules for an order of a machine.
enum FluenceOrderRules {
    static func problems(of order: [String: Any]) -> [String] {
        var problems: [String] = []
        func expect(_ condition: Bool, _ words: String) { if !condition { problems.append(words) } }
        let allowed: Set = [
            "name", "clusterId", "configurationId", "bootDisk", "dataDisks", "publicIp", "sshKeys",
            "cloudInit",
        ]
        expect(Set(order.keys).isSubset(of: allowed), "unknown fields in \(order.keys.sorted())")
        let name = order["name"] as? String ?? ""
        expect(name.wholeMatch(of: /[a-z0-9](?:[a-z0-9-]{0,23}[a-z0-9])?/) != nil, "the name \(name)")
        let cluster = order["clusterId"] as? String ?? ""
        expect(FluenceFake.clusters.contains(cluster), "the cluster \(cluster)")
        expect((order["configurationId"] as? String)?.hasPrefix("id-cpu-") == true, "the configuration")
        let disk = order["bootDisk"] as? [String: Any] ?? [:]
        expect(disk["clusterId"] as? String == cluster, "the disk's cluster")
        expect(disk["storageType"] as? String == "NVME", "the disk's type")
        expect((disk["volumeGb"] as? Int ?? 0) >= 25, "the disk's size")
        expect(disk["replicated"] as? Bool == false, "replicated is missing")
        let image = disk["osImage"] as? String ?? ""
        expect(image.wholeMatch(of: /https?:\/\/[^?#]+\.(?:qcow2|img|raw)/) != nil, "the image \(image)")
        let address = order["publicIp"] as? [String: Any] ?? [:]
        expect(
            address["clusterId"] as? String == cluster && address["addressType"] as? String == "V4",
            "the address"
        )
        expect((order["dataDisks"] as? [Any])?.isEmpty == true, "disks")
        expect((order["sshKeys"] as? [Any])?.isEmpty == true, "keys")
        let data = (order["cloudInit"] as? [String: Any])?["userData"] as? String ?? ""
        expect(data.hasPrefix("#cloud-config\n") && data.utf8.count <= 16_384, "the user data")
        return problems
    }
}
