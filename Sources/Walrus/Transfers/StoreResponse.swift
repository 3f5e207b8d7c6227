package import Contract
import Foundation

/// A publisher's successful response to a store request (Walrus' wire format).
///
/// Unknown members are ignored.
package struct StoreResponse: Equatable, Sendable {
    /// The ID of the stored blob, as the publisher reports it.
    package var id: BlobID
    /// The size in bytes; nil if not reported.
    package var size: Int?
    /// The address of the blob object on Sui, or of the shared object that contains it; nil if not reported.
    package var object: String?
    /// The transaction that certified the blob earlier; nil if not reported.
    package var certifiedBy: String?
    /// The first epoch in which the blob is no longer stored; nil if not reported.
    package var endEpoch: Int?
    /// Whether the owner can delete the blob; nil if not reported.
    package var isDeletable: Bool?
    /// Epochs from the registration to `endEpoch`; nil if not reported.
    package var epochs: Int?
    /// Whether storage nodes have confirmed that they hold the blob; nil if not reported.
    package var isCertified: Bool?
    package var source: Source

    /// Who reported that the blob is stored.
    package enum Source: Equatable, Sendable {
        /// The publisher stored it with this request.
        case newlyCreated
        /// The publisher reports that the blob was certified earlier.
        case alreadyCertified
        /// An aggregator has the blob. It is unknown how long the blob stays stored.
        case foundOnAggregator
    }

    /// Used instead of a publisher's response when an aggregator already has `blob`.
    init(foundOnAggregator blob: StoredBlob) {
        self.init(id: blob.id, size: blob.size, source: .foundOnAggregator)
    }

    /// Parses the JSON of a response with status 200 or 201.
    ///
    /// - Throws: ``WalrusError`` if the JSON is invalid, reports an error, or reports an encoding other than RS2.
    init(json: [UInt8]) throws(WalrusError) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(json))
        } catch {
            throw .unexpected(ErrorResponse.summary(of: json) ?? "an empty body")
        }
        if let created = wire.newlyCreated {
            try self.init(created)
        } else if let certified = wire.alreadyCertified {
            self.init(certified)
        } else if let invalid = wire.markedInvalid {
            throw .markedInvalid(invalid.blobId)
        } else {
            throw .unexpected(wire.error?.errorMsg ?? ErrorResponse.summary(of: json) ?? "an empty body")
        }
    }

    /// Throws an error if the response reports another ID or another size than those of `blob`, or a deletable blob.
    ///
    /// A response of the source ``Source/newlyCreated`` must also say that the blob is permanent.
    func check(against blob: StoredBlob) throws(WalrusError) {
        guard id == blob.id else { throw .storedOtherID(expected: blob.id, got: id) }
        if let size, size != blob.size {
            throw .storedDifferently("with \(size) bytes instead of \(blob.size)")
        }
        if isCertified == false { throw .uncertified(id) }
        if isDeletable == true { throw .storedDifferently("deletable instead of permanent") }
        if source == .newlyCreated, isDeletable == nil {
            throw .storedDifferently("the response does not say that it is permanent")
        }
    }
}

extension StoreResponse {
    private init(id: BlobID, size: Int? = nil, endEpoch: Int? = nil, source: Source) {
        self.id = id
        self.size = size
        self.endEpoch = endEpoch
        self.source = source
    }

    private init(_ created: Wire.Created) throws(WalrusError) {
        let blob = created.blobObject
        guard blob.encodingType == "RS2" else {
            throw .storedDifferently("as \(blob.encodingType) instead of RS2")
        }
        self.init(id: blob.blobId, size: blob.size, endEpoch: blob.storage.endEpoch, source: .newlyCreated)
        epochs = blob.registeredEpoch.map { blob.storage.endEpoch - $0 }
        object = created.sharedBlobObject ?? blob.id
        isDeletable = blob.deletable
        isCertified = blob.isCertified
    }

    private init(_ certified: Wire.Certified) {
        self.init(id: certified.blobId, endEpoch: certified.endEpoch, source: .alreadyCertified)
        object = certified.object
        certifiedBy = certified.event?.txDigest
    }

    private struct Wire: Decodable {
        struct Created: Decodable {
            let blobObject: BlobObject
            let sharedBlobObject: String?
        }

        struct BlobObject: Decodable {
            let id: String
            let registeredEpoch: Int?
            let blobId: BlobID
            let size: Int
            let encodingType: String
            let storage: Storage
            let deletable: Bool?
            /// False if the epoch of the certification is null; nil if it is not mentioned.
            let isCertified: Bool?

            private enum CodingKeys: CodingKey {
                case id, registeredEpoch, blobId, size, encodingType, storage, deletable, certifiedEpoch
            }

            init(from decoder: any Decoder) throws {
                let object = try decoder.container(keyedBy: CodingKeys.self)
                id = try object.decode(String.self, forKey: .id)
                registeredEpoch = try object.decodeIfPresent(Int.self, forKey: .registeredEpoch)
                blobId = try object.decode(BlobID.self, forKey: .blobId)
                size = try object.decode(Int.self, forKey: .size)
                encodingType = try object.decode(String.self, forKey: .encodingType)
                storage = try object.decode(Storage.self, forKey: .storage)
                deletable = try object.decodeIfPresent(Bool.self, forKey: .deletable)
                isCertified =
                    object.contains(.certifiedEpoch) ? try !object.decodeNil(forKey: .certifiedEpoch) : nil
            }
        }

        struct Invalid: Decodable {
            let blobId: BlobID
        }

        struct Storage: Decodable {
            let endEpoch: Int
        }

        struct Certified: Decodable {
            let blobId: BlobID
            let object: String?
            let event: Event?
            let endEpoch: Int
        }

        struct Event: Decodable {
            let txDigest: String
        }

        struct Failed: Decodable {
            let errorMsg: String
        }

        let newlyCreated: Created?
        let alreadyCertified: Certified?
        let markedInvalid: Invalid?
        let error: Failed?
    }
}
