package import HTTP

/// A Sui network on which Walrus runs: the GraphQL endpoint and the addresses of Walrus' objects.
///
/// All values can be configured, because testnet is sometimes reset, and then Walrus is deployed again.
package struct SuiNetwork: Equatable, Sendable {
    /// The usual name, such as `testnet`.
    package var name: String
    /// The URL of the GraphQL endpoint.
    package var graphQL: BaseURL
    /// The address of the object with Walrus' state: committee and epoch.
    package var systemObject: String
    /// The address of Walrus' package in type names; nil to use the package in the system object's type.
    package var package: String?
    package var epochLength: Duration

    package init(
        name: String,
        graphQL: BaseURL,
        systemObject: String,
        package: String?,
        epochLength: Duration
    ) {
        self.name = name
        self.graphQL = graphQL
        self.systemObject = systemObject
        self.package = package
        self.epochLength = epochLength
    }

    /// The public networks.
    package enum Preset: String, CaseIterable, Sendable {
        case testnet, mainnet

        package var graphQL: String { "https://graphql.\(rawValue).sui.io/graphql" }

        package var systemObject: String {
            switch self {
            case .testnet: "0x6c2547cbbc38025cf3adac45f63cb0a8d12ecf777cdc75a4971612bf97fdf6af"
            case .mainnet: "0x2134d52768ea07e8c43570ef975eb3e4c27a39fa6396bef985b5abc58d03ddd2"
            }
        }

        package var package: String {
            switch self {
            case .testnet: "0xd84704c17fc870b8764832c535aa6b11f21a95cd6f5bb38a9b07d2cf42220c66"
            case .mainnet: "0xfdc88f7d7cf30afab2f82e8380d11ee8f70efb90e863d1de8616fae1bb09ea77"
            }
        }

        package var epochLength: Duration {
            switch self {
            case .testnet: .seconds(86_400)
            case .mainnet: .seconds(14 * 86_400)
            }
        }
    }
}
