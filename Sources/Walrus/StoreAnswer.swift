package import Contract
import Foundation

/// What a publisher answers to a store (WALRUS wire format): one of several forms, members that we don't know ignored.
package struct StoreAnswer: Equatable, Sendable {
    /// What the publisher says that it stored.
    package var id: BlobID
    /// In bytes, where the answer tells.
    package var size: Int?
    /// The blob object on Sui, where the answer names one.
    package var object: String?
    /// The first epoch in which the blob is gone.
    package var endEpoch: Int?
    /// Whether it was there before.
    package var wasCertified: Bool

    package init(id: BlobID, size: Int?, object: String?, endEpoch: Int?, wasCertified: Bool) {
        self.id = id
        self.size = size
        self.object = object
        self.endEpoch = endEpoch
        self.wasCertified = wasCertified
    }

    /// Reads the JSON of an answer with status 200.
    ///
    /// - Throws: ``WalrusError`` for anything that is no success.
    init(json: [UInt8]) throws(WalrusError) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(json))
        } catch {
            throw .unexpected(String(decoding: json.prefix(200), as: UTF8.self))
        }
        if let created = wire.newlyCreated?.blobObject {
            guard created.encodingType == "RS2" else { throw .unexpected("encoding \(created.encodingType)") }
            self.init(
                id: created.blobId,
                size: created.size,
                object: created.id,
                endEpoch: created.storage.endEpoch,
                wasCertified: false
            )
        } else if let certified = wire.alreadyCertified {
            self.init(
                id: certified.blobId,
                size: nil,
                object: certified.object,
                endEpoch: certified.endEpoch,
                wasCertified: true
            )
        } else {
            throw .unexpected(wire.error?.errorMsg ?? String(decoding: json.prefix(200), as: UTF8.self))
        }
    }

    private struct Wire: Decodable {
        struct Created: Decodable {
            let blobObject: BlobObject
        }

        struct BlobObject: Decodable {
            let id: String
            let blobId: BlobID
            let size: Int
            let encodingType: String
            let storage: Storage
        }

        struct Storage: Decodable {
            let endEpoch: Int
        }

        struct Certified: Decodable {
            let blobId: BlobID
            let object: String?
            let endEpoch: Int
        }

        struct Failed: Decodable {
            let errorMsg: String
        }

        let newlyCreated: Created?
        let alreadyCertified: Certified?
        let error: Failed?
    }
}
