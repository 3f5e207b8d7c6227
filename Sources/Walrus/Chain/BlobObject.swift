import Contract

/// A blob's object on the chain, as Walrus' package defines it (`blob.move`, `storage_pool.move`).
struct BlobObject: Equatable, Sendable {
    /// The number of the encoding type RS2.
    static let redStuff = 1

    /// The blob ID as a decimal number, as Sui reports it.
    var blobID: String
    var size: Int
    var encodingType: Int
    /// Nil if the blob is registered but not certified.
    var certifiedEpoch: Int?
    /// How long the blob is stored.
    var term: Term
    var isDeletable: Bool

    var isPooled: Bool { if case .pool = term { true } else { false } }

    /// How long a blob is stored.
    enum Term: Equatable, Sendable {
        /// `until` is the first epoch in which the blob is no longer stored.
        case epoch(until: Int)
        /// As long as the storage pool at this address.
        case pool(String)
    }
}

extension BlobObject: Decodable {
    private enum CodingKeys: String, CodingKey {
        case blobID = "blob_id"
        case size, storage, deletable
        case pooledSize = "unencoded_size"
        case pool = "storage_pool_id"
        case encodingType = "encoding_type"
        case certifiedEpoch = "certified_epoch"
    }

    private struct Storage: Decodable {
        let end_epoch: MoveInteger
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        blobID = try object.decode(MoveInteger.self, forKey: .blobID).text
        let pool = try object.decodeIfPresent(String.self, forKey: .pool)
        size = try object.decode(MoveInteger.self, forKey: pool == nil ? .size : .pooledSize).value
        encodingType = try object.decode(MoveInteger.self, forKey: .encodingType).value
        certifiedEpoch = try object.decodeIfPresent(MoveInteger.self, forKey: .certifiedEpoch)?.value
        term =
            if let pool { .pool(pool) } else {
                .epoch(until: try object.decode(Storage.self, forKey: .storage).end_epoch.value)
            }
        isDeletable = try object.decode(Bool.self, forKey: .deletable)
    }
}

/// An integer of Move.
///
/// In JSON it is a number, or a string if its type allows large values.
struct MoveInteger: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {  // otherwise it is a string
            text = "\(number)"
        } else {
            text = try container.decode(String.self)
        }
        guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\(text) is not an integer"
            )
        }
    }

    /// The value, or `Int.max` if it is too large for an Int.
    ///
    /// Blob IDs are too large: compare them by `text`.
    var value: Int { Int(text) ?? .max }
}
