/// The aggregators, the publisher and the chain that a worker uses.
package struct WalrusAccess: Codable, Equatable, Sendable {
    /// How requests to the aggregators and to the publisher are authorised.
    package enum Authorization: String, Codable, Sendable {
        case none
        /// By the worker's lease token as a bearer token.
        ///
        /// The bot itself is the aggregator and the publisher, at the URL to which the worker reports. `aggregators`
        /// and `publisher` are empty.
        case lease
        /// Reading a blob needs no token. Storing a blob needs a token that the worker requests from the bot.
        case publisherToken
    }

    /// The URLs of aggregators, in the order in which they are tried.
    package var aggregators: [String]
    /// The URL of the publisher.
    package var publisher: String
    /// The number of epochs for which blobs are stored.
    package var epochs: Int
    package var authorization: Authorization
    /// The chain on which blobs are looked up; nil: blobs are not looked up.
    package var chain: ChainAccess?

    package init(
        aggregators: [String],
        publisher: String,
        epochs: Int,
        authorization: Authorization,
        chain: ChainAccess? = nil
    ) {
        self.aggregators = aggregators
        self.publisher = publisher
        self.epochs = epochs
        self.authorization = authorization
        self.chain = chain
    }
}

/// The Sui network on which Walrus registers blobs.
package struct ChainAccess: Codable, Equatable, Sendable {
    /// The name for people, such as `testnet`.
    package var name: String
    /// The URL of a GraphQL endpoint.
    package var graphQL: String
    /// The address of Walrus' system object.
    package var systemObject: String
    /// The address that Sui writes in the names of Walrus' types; nil: the address of the system object's package.
    package var package: String?
    /// The URLs of storage nodes that are asked for a blob's status; nil: nodes that the chain names.
    package var nodes: [String]?
    /// The length of an epoch of Walrus, in seconds.
    package var epochSeconds: Int

    package init(
        name: String,
        graphQL: String,
        systemObject: String,
        package: String?,
        nodes: [String]? = nil,
        epochSeconds: Int
    ) {
        self.name = name
        self.graphQL = graphQL
        self.systemObject = systemObject
        self.package = package
        self.nodes = nodes
        self.epochSeconds = epochSeconds
    }
}
