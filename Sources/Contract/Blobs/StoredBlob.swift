/// A blob as it was stored: its ID, recomputed from its bytes, and its size in bytes.
package struct StoredBlob: Codable, Equatable, Sendable {
    package var id: BlobID
    package var size: Int

    package init(id: BlobID, size: Int) {
        self.id = id
        self.size = size
    }
}
