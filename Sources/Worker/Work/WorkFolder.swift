import Foundation
import Glibc
import Walrus

/// A folder that one job has to itself, readable by nobody else, gone when the job is.
struct WorkFolder: Sendable {
    /// Absolute.
    let path: String

    /// Makes the folder at `path`, else one below the system's temporary folder.
    ///
    /// - Throws: Where it cannot be made; also where it is there already, because it is removed in the end, and what is
    ///   in it then would be somebody else's.
    init(path: String?) throws {
        let place = URL(filePath: path ?? "\(NSTemporaryDirectory())okai-\(UUID().uuidString)").absoluteURL
        self.path = place.path(percentEncoded: false)
        let parent = place.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        guard mkdir(self.path, 0o700) == 0 else {
            throw WalrusError.file("cannot make the folder \(self.path): \(String(cString: strerror(errno)))")
        }
    }

    /// One that is there already.
    init(existing path: String) { self.path = path }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            FileHandle.standardError.write(Data("cannot remove \(path): \(error)\n".utf8))
        }
    }
}
