/// Which file it is: said by what follows from its content alone.
package struct FileIdentity: Codable, Equatable, Sendable {
    /// In hexadecimal.
    package var sha256: String?
    /// Its name on Walrus, where it lies there or somebody asked.
    package var id: BlobID?
    /// In bytes.
    package var size: Int

    package init(sha256: String?, id: BlobID?, size: Int) {
        self.sha256 = sha256
        self.id = id
        self.size = size
    }
}
