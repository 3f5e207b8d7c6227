/// A published image for virtual machines.
package struct ImageFile: Codable, Equatable, Sendable {
    /// The file's name in the folder of images.
    package var name: String
    /// In bytes.
    package var size: Int
    /// In hexadecimal.
    package var sha256: String
    /// SHA-256 of the enrolment token in the image, in hexadecimal.
    package var enrolmentHash: String

    package init(name: String, size: Int, sha256: String, enrolmentHash: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.enrolmentHash = enrolmentHash
    }
}
