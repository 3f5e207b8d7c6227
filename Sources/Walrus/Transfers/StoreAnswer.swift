package import Contract
import Foundation

/// What a publisher answers to a store (WALRUS wire format): one of several forms, members that we don't know ignored.
package struct StoreAnswer: Equatable, Sendable {
    /// What the publisher says that it stored.
    package var id: BlobID
    /// In bytes, where the answer tells.
    package var size: Int?
    /// The blob object on Sui, or the shared one that holds it, where the answer names one.
    package var object: String?
    /// The transaction that certified it before, where the answer names that instead.
    package var certifiedBy: String?
    /// The first epoch in which the blob is gone, where the answer tells.
    package var endEpoch: Int?
    /// Whether its owner may delete it, where the answer tells.
    package var isDeletable: Bool?
    /// How many epochs it is kept from its registration on, where the answer tells.
    package var epochs: Int?
    package var source: Source

    /// Whose word it is.
    package enum Source: Equatable, Sendable {
        /// The publisher's, who stored it.
        case stored
        /// The publisher's, who says that it was certified before.
        case wasCertified
        /// An aggregator's, which has it; no publisher has said for how long.
        case seen
    }

    /// An aggregator has it.
    init(seen blob: StoredBlob) {
        self.init(id: blob.id, size: blob.size, source: .seen)
    }

    /// Reads the JSON of an answer with status 200 or 201.
    ///
    /// - Throws: ``WalrusError`` for anything that is no success.
    init(json: [UInt8]) throws(WalrusError) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(json))
        } catch {
            throw .unexpected(ErrorAnswer.words(json) ?? "nothing")
        }
        if let created = wire.newlyCreated {
            try self.init(created)
        } else if let certified = wire.alreadyCertified {
            self.init(certified)
        } else {
            throw .unexpected(wire.error?.errorMsg ?? ErrorAnswer.words(json) ?? "nothing")
        }
    }

    /// Compares what the publisher says with what it was given: `blob`, to be kept until its end.
    func check(against blob: StoredBlob) throws(WalrusError) {
        guard id == blob.id else { throw .storedAs(expected: blob.id, got: id) }
        if let size, size != blob.size {
            throw .storedOtherwise("with \(size) bytes instead of \(blob.size)")
        }
        if isDeletable == true { throw .storedOtherwise("deletable instead of permanent") }
        if source == .stored, isDeletable == nil {
            throw .storedOtherwise("it does not say whether as permanent")
        }
    }
}

extension StoreAnswer {
    private init(id: BlobID, size: Int? = nil, endEpoch: Int? = nil, source: Source) {
        self.id = id
        self.size = size
        self.endEpoch = endEpoch
        self.source = source
    }

    private init(_ created: Wire.Created) throws(WalrusError) {
        let blob = created.blobObject
        guard blob.encodingType == "RS2" else {
            throw .storedOtherwise("as \(blob.encodingType) instead of RS2")
        }
        self.init(id: blob.blobId, size: blob.size, endEpoch: blob.storage.endEpoch, source: .stored)
        epochs = blob.registeredEpoch.map { blob.storage.endEpoch - $0 }
        object = created.sharedBlobObject ?? blob.id
        isDeletable = blob.deletable
    }

    private init(_ certified: Wire.Certified) {
        self.init(id: certified.blobId, endEpoch: certified.endEpoch, source: .wasCertified)
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
        let error: Failed?
    }
}
