import Contract
import HTTP
import HTTPTypes

/// Storage nodes of Walrus that are asked for the status of a blob.
///
/// They are a witness beside the chain's events, which list only the latest certifications of everybody.
struct StorageNodes: Sendable {
    /// The largest number of nodes that are asked.
    static let most = 5
    /// The longest wait for one node.
    private static let wait = Duration.seconds(5)

    let nodes: [BaseURL]
    let http: HTTPClient

    /// What the nodes say about a blob.
    struct Testimony: Sendable {
        /// The number of nodes that were asked.
        var asked: Int
        var answers: [(host: String, status: NodeStatus)]

        /// The hosts whose answer fits; nil if they are not more than half of the nodes that were asked.
        ///
        /// One node alone may be wrong, or lie.
        func majority(_ fits: (NodeStatus) -> Bool) -> [String]? {
            let hosts = answers.filter { fits($0.status) }.map(\.host)
            return hosts.count * 2 > asked ? hosts : nil
        }
    }

    /// Asks all nodes at the same time; a node that fails has no answer.
    func testimony(on id: BlobID) async -> Testimony {
        let asked = nodes.prefix(Self.most)
        return await withTaskGroup(of: (String, NodeStatus)?.self) { group in
            for node in asked {
                group.addTask { await status(of: id, at: node).map { (node.authority, $0) } }
            }
            var answers: [(host: String, status: NodeStatus)] = []
            for await answer in group {
                if let answer { answers.append(answer) }
            }
            return Testimony(asked: asked.count, answers: answers.sorted { $0.host < $1.host })
        }
    }

    private func status(of id: BlobID, at node: BaseURL) async -> NodeStatus? {
        struct Answer: Decodable {
            struct Success: Decodable { let data: NodeStatus }
            let success: Success
        }
        do {
            let (response, body) = try await http.send(
                node.request(.get, "/v1/blobs/\(id)/status"),
                timeouts: TransferTimeouts(total: Self.wait, idle: Self.wait),
                limit: 1 << 16
            )
            guard response.status == .ok else { return nil }
            return try Wire.decode(Answer.self, from: body).success.data
        } catch {
            return nil  // The other nodes decide.
        }
    }
}
