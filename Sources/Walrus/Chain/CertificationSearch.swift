import Contract

/// The search for the certifications of one blob, from the latest to older ones.
///
/// Blobs of their own and blobs in storage pools are certified by different events. One query asks for a page of each.
struct CertificationSearch {
    private let id: BlobID
    private let graphQL: GraphQL
    private var streams: [Stream]

    /// The certifications of one kind that were not asked for yet.
    private struct Stream {
        /// The alias in the query, and the prefix of its variables.
        let name: String
        /// The name of the event's type.
        let type: String
        var before: String?
    }

    init(of id: BlobID, packages: WalrusPackages, by client: SuiClient) {
        self.id = id
        graphQL = client.graphQL
        streams = [
            Stream(name: "blobs", type: "\(packages.original)::events::BlobCertified"),
            Stream(
                name: "pooled",
                type: "\(packages.pools ?? packages.original)::events::PooledBlobCertified"
            ),
        ]
    }

    /// Queries a page of at most 50 certifications of each kind, of any blobs, and selects those of the blob.
    ///
    /// Returns the addresses of the objects in the selected certifications, the latest of each kind first; nil if there
    /// are no older certifications.
    ///
    /// - Throws: ``SuiError``, `CancellationError`.
    mutating func next() async throws -> [String]? {
        guard !streams.isEmpty else { return nil }
        let pages: [String: GraphQLPage<Event>?] = try await graphQL.data(query, variables)
        var objects: [String] = []
        for stream in streams {
            // A page may be null, and so may what an event contains.
            let events = (pages[stream.name] ?? nil)?.nodes.compactMap { $0.contents?.json } ?? []
            objects += events.reversed().filter { $0.blob_id.text == id.decimal }.map(\.object_id)
        }
        streams = streams.compactMap { stream in
            guard let cursor = (pages[stream.name] ?? nil)?.previous else { return nil }
            var stream = stream
            stream.before = cursor
            return stream
        }
        return objects
    }

    private var query: String {
        let parameters = streams.map { "$\($0.name)Type: String!, $\($0.name)Before: String" }
        let fields = streams.map { stream in
            """
            \(stream.name): events(last: 50, before: $\(stream.name)Before, filter: { type: $\(stream.name)Type }) \
            { pageInfo { hasPreviousPage startCursor } nodes { contents { type { repr } json } } }
            """
        }
        return "query(\(parameters.joined(separator: ", "))) { \(fields.joined(separator: " ")) }"
    }

    private var variables: [String: String?] {
        var variables: [String: String?] = [:]
        for stream in streams {
            variables["\(stream.name)Type"] = stream.type
            variables["\(stream.name)Before"] = .some(stream.before)
        }
        return variables
    }

    private struct Event: Decodable {
        let contents: MoveContents<Certification>?
    }

    private struct Certification: Decodable {
        let blob_id: MoveInteger
        let object_id: String
    }
}
