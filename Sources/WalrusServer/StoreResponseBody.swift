import Contract
import Walrus

/// The response to a store request.
///
/// This server uses no chain: the current epoch is 0, the object's address is the blob ID in hexadecimal, and the
/// cost is 0.
struct StoreResponseBody: Encodable {
    private struct Created: Encodable {
        let blobObject: BlobObject
        let resourceOperation: [String: Operation]
        let cost = 0
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
        let id: String
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

    init(blob: StoredBlob, isNew: Bool, query: StoreQuery) throws {
        let object = "0x" + blob.id.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let size = try CodeShape.network.encodedSize(forLength: blob.size)
        let storage = Storage(id: object, endEpoch: query.epochs, storageSize: size)
        newlyCreated =
            isNew
            ? Created(
                blobObject: BlobObject(
                    id: object,
                    blobId: blob.id,
                    size: blob.size,
                    storage: storage,
                    deletable: query.isDeletable
                ),
                resourceOperation: [
                    "registerFromScratch": Operation(encodedLength: size, epochsAhead: query.epochs)
                ]
            ) : nil
        alreadyCertified = isNew ? nil : Certified(blobId: blob.id, object: object, endEpoch: query.epochs)
    }
}
