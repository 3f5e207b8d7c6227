import Contract

/// What a blob is on the chain: an object of Walrus' package (`blob.move`, `storage_resource.move`).
struct BlobObject: Equatable, Sendable {
    /// Module and name of its type, and of that which holds one for everybody to extend.
    static let typeNames = ["blob::Blob", "shared_blob::SharedBlob"]
    /// The encoding type of RS2.
    static let redStuff = 1

    /// The blob ID as Sui writes it.
    var blobID: String
    var size: Int
    var encodingType: Int
    /// Nil: registered, but never certified.
    var certifiedEpoch: Int?
    /// The first epoch in which it is gone.
    var endEpoch: Int
    var isDeletable: Bool
}

extension BlobObject: Decodable {
    private enum CodingKeys: String, CodingKey {
        case blobID = "blob_id"
        case size, storage, deletable
        case encodingType = "encoding_type"
        case certifiedEpoch = "certified_epoch"
    }

    private struct Storage: Decodable {
        let end_epoch: MoveInteger
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        blobID = try object.decode(MoveInteger.self, forKey: .blobID).text
        size = try object.decode(MoveInteger.self, forKey: .size).value
        encodingType = try object.decode(MoveInteger.self, forKey: .encodingType).value
        certifiedEpoch = try object.decodeIfPresent(MoveInteger.self, forKey: .certifiedEpoch)?.value
        endEpoch = try object.decode(Storage.self, forKey: .storage).end_epoch.value
        isDeletable = try object.decode(Bool.self, forKey: .deletable)
    }
}

/// A number of Move's, which JSON holds as a number or, where it may be large, as a text.
struct MoveInteger: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {  // else it is a text
            text = "\(number)"
        } else {
            text = try container.decode(String.self)
        }
        guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no number")
        }
    }

    /// Larger ones than these are never compared by value.
    var value: Int { Int(text) ?? .max }
}
