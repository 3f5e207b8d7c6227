/// Identifies a file by values that are computed from its content alone.
package struct FileIdentity: Codable, Equatable, Sendable {
    /// In hexadecimal.
    package var sha256: String?
    /// The file's blob ID; nil if it was not computed.
    package var id: BlobID?
    /// In bytes.
    package var size: Int

    package init(sha256: String?, id: BlobID?, size: Int) {
        self.sha256 = sha256
        self.id = id
        self.size = size
    }
}
