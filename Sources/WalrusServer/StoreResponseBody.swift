import Contract
import Walrus

/// The response to a store request.
///
/// This server uses no chain: the current epoch is 0, the addresses of objects are random, and the cost is 0.
struct StoreResponseBody: Encodable {
    private struct Created: Encodable {
        let blobObject: BlobObject
        let resourceOperation: [String: Operation]
        let cost = 0
        let sharedBlobObject: String?
    }

    private struct BlobObject: Encodable {
        let id: String
        let registeredEpoch = 0
        let blobId: BlobID
        let size: Int
        let encodingType = "RS2"
        let certifiedEpoch = 0
        let storage: Storage
        let deletable: Bool
    }

    private struct Storage: Encodable {
        let id = Purchase.newAddress()
        let startEpoch = 0
        let endEpoch: Int
        let storageSize: Int
    }

    private struct Operation: Encodable {
        let encodedLength: Int
        let epochsAhead: Int
    }

    private struct Certified: Encodable {
        let blobId: BlobID
        let object: String
        let endEpoch: Int
    }

    private let newlyCreated: Created?
    private let alreadyCertified: Certified?

    /// The response to `query`, for which `purchase` was bought now, or (not `isNew`) before.
    init(_ blob: StoredBlob, _ purchase: Purchase, isNew: Bool, query: StoreQuery) throws {
        guard isNew else {
            newlyCreated = nil
            alreadyCertified = Certified(
                blobId: blob.id,
                object: purchase.object,
                endEpoch: purchase.endEpoch
            )
            return
        }
        let size = try CodeShape.network.encodedSize(forLength: blob.size)
        let operation = Operation(encodedLength: size, epochsAhead: purchase.endEpoch)
        newlyCreated = Created(
            blobObject: BlobObject(
                id: purchase.object,
                blobId: blob.id,
                size: blob.size,
                storage: Storage(endEpoch: purchase.endEpoch, storageSize: size),
                deletable: purchase.isDeletable
            ),
            resourceOperation: ["registerFromScratch": operation],
            sharedBlobObject: query.isShared ? Purchase.newAddress() : nil
        )
        alreadyCertified = nil
    }
}
