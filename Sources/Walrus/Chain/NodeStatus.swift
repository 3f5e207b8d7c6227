import Contract

/// The status of a blob as one storage node sees it (`GET /v1/blobs/<id>/status`).
enum NodeStatus: Equatable, Sendable {
    /// The blob is certified. It is stored until the epoch `end`; if that is nil, its owner can delete it at any time.
    case certified(end: Int?)
    /// The blob is registered, but not certified.
    case registered
    case invalid
    case nonexistent
}

extension NodeStatus: Decodable {
    private enum CodingKeys: CodingKey { case permanent, deletable, invalid }

    private struct Permanent: Decodable {
        let endEpoch: Int
        let isCertified: Bool
    }

    private struct Deletable: Decodable {
        let initialCertifiedEpoch: Int?
    }

    init(from decoder: any Decoder) throws {
        // Other statuses are objects.
        if let word = try? decoder.singleValueContainer().decode(String.self) {
            guard word == "nonexistent" else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "\(word) is no status of a blob")
                )
            }
            self = .nonexistent
            return
        }
        let status = try decoder.container(keyedBy: CodingKeys.self)
        if let permanent = try status.decodeIfPresent(Permanent.self, forKey: .permanent) {
            self = permanent.isCertified ? .certified(end: permanent.endEpoch) : .registered
        } else if let deletable = try status.decodeIfPresent(Deletable.self, forKey: .deletable) {
            self = deletable.initialCertifiedEpoch == nil ? .registered : .certified(end: nil)
        } else if status.contains(.invalid) {
            self = .invalid
        } else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no status of a blob")
            )
        }
    }
}
