import Contract
import Foundation
import Glibc
import Walrus

/// The folder of one job or training.
///
/// Only the worker's user can read it, and it is removed at the end.
struct WorkFolder: Sendable {
    /// The absolute path.
    let path: String

    /// Creates the folder at `path`; nil: a new folder in the system's temporary folder.
    ///
    /// - Throws: `CocoaError` if the parent folder cannot be created; ``WalrusError/file(_:)`` if the folder itself
    ///   cannot be created. An existing folder is an error too, because ``remove()`` would also remove files of other
    ///   programs.
    init(path: String?) throws {
        let place = URL(filePath: path ?? "\(NSTemporaryDirectory())okai-\(UUID().uuidString)").absoluteURL
        self.path = place.path(percentEncoded: false)
        let parent = place.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        guard mkdir(self.path, 0o700) == 0 else {
            throw WalrusError.file(
                "cannot create the folder \(self.path): \(String(cString: strerror(errno)))"
            )
        }
    }

    /// A folder that exists already.
    init(existing path: String) { self.path = path }

    /// The path of the file `name` in the folder.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a small file, completely or not at all.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try PartialFile(for: file(name))
        try file.append(bytes)
        try file.commit()
    }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            StandardError.write("cannot remove \(path): \(error)\n")
        }
    }
}
