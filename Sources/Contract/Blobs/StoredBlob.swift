/// A blob on Walrus: its ID, which the worker recomputed from the content, and its size in bytes.
package struct StoredBlob: Codable, Equatable, Sendable {
    package var id: BlobID
    package var size: Int

    package init(id: BlobID, size: Int) {
        self.id = id
        self.size = size
    }
}
