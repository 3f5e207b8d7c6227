/// A disk or an address: it outlives its machine, and costs money until it is removed.
struct FluenceResource: Decodable, Sendable {
    /// The raw value is the path of the kind in Fluence's interface.
    enum Kind: String, CaseIterable, Sendable {
        case address = "/v1/public_ips"
        case disk = "/v1/storages"
    }

    let id: String
    let name: String?
    let status: String?

    var isRemoved: Bool { status == "removed" }
}
