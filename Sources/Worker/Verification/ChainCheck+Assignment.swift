import Contract
import HTTP
import Walrus

extension ChainCheck {
    /// Makes a check against the chain that `access` describes.
    init(_ access: ChainAccess, http: HTTPClient) throws {
        let network = SuiNetwork(
            name: access.name,
            graphQL: try BaseURL(access.graphQL),
            systemObject: access.systemObject,
            package: access.package,
            nodes: try (access.nodes ?? []).map { try BaseURL($0) },
            epochLength: .seconds(access.epochSeconds)
        )
        self.init(SuiClient(network: network, http: http))
    }
}
