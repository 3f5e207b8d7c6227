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
    /// The URLs of storage nodes that are asked for a blob's status; empty to ask nodes that the chain names.
    package var nodes: [BaseURL]
    package var epochLength: Duration

    package init(
        name: String,
        graphQL: BaseURL,
        systemObject: String,
        package: String?,
        nodes: [BaseURL] = [],
        epochLength: Duration
    ) {
        self.name = name
        self.graphQL = graphQL
        self.systemObject = systemObject
        self.package = package
        self.nodes = nodes
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

        /// The version of Walrus' package that introduced storage pools.
        ///
        /// It counts only where the chain does not say which version that was.
        var poolPackage: String {
            switch self {
            case .testnet: "0x849e95d2718938d66c37fb91df76d72f78526c1864c339bac415ce8ecda2d8cc"
            case .mainnet: "0x98da433aa0139512c210597b1c5e3df6cd121d8d77f8652691bb66fadfc8aa1b"
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
