import Foundation

/// A machine, with the properties that the engine uses.
struct FluenceVM: Decodable, Sendable {
    let id: String
    let name: String
    /// A text and not an enum, because Fluence may add values.
    ///
    /// A machine with an unknown status is neither ready nor dead.
    let status: String
    /// The id of its boot disk.
    let bootDisk: String?
    /// The id of its address.
    let publicIp: String?
    /// The price per hour in dollars: a decimal number as text.
    let priceHourlyUsd: String?
    let createdAt: Date

    var isDead: Bool { ["failed", "terminated"].contains(status) }
    var isReady: Bool { status == "launched" }
}
