import Contract
import Foundation
import Glibc
import Walrus

/// The folder for the results of a training.
///
/// The folder gets either all results or none, and the results of an earlier training are removed.
struct ResultFolder {
    private let path: String
    /// The folders that this training created, the outermost first.
    private let createdFolders: [String]

    /// Creates the folder at `path` and its missing parents.
    init(_ path: String) throws(WalrusError) {
        guard !path.isEmpty else { throw .file("the name of the result folder is empty: name a folder") }
        self.path = path
        var created: [String] = []
        var missing: [String] = []
        var place = URL(filePath: path).absoluteURL
        while place.pathComponents.count > 1, !FileManager.default.fileExists(atPath: Self.path(of: place)) {
            missing.append(Self.path(of: place))
            place = place.deletingLastPathComponent()
        }
        for folder in missing.reversed() {
            guard mkdir(folder, 0o777) == 0 else {
                let reason = String(cString: strerror(errno))
                Self.remove(created)
                throw .file("cannot create the folder \(path): \(reason)")
            }
            created.append(folder)
        }
        createdFolders = created
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard isFolder.boolValue else { throw .file("\(path) is not a folder: name a folder") }
    }

    /// Checks that results with these names may replace the files in the folder.
    ///
    /// - Throws: ``WalrusError/file(_:)`` if one of the names belongs to a folder, or to `dataset`, the training's
    ///   input.
    func requireReplaceable(_ names: [String], dataset: String?) throws(WalrusError) {
        for name in names {
            let place = "\(path)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { continue }
            guard !isFolder.boolValue else {
                throw .file(
                    "\(place) is a folder, but a result needs that name: move it, or choose another --out"
                )
            }
            guard let dataset, Self.isSame(place, dataset) else { continue }
            throw .file("\(place) is the dataset, and a result would replace it: choose another --out")
        }
    }

    /// Creates a locked folder for unfinished results.
    ///
    /// The folder is inside the result folder, so that a result is moved by one rename. Also removes the folders that
    /// killed trainings left, whose locks ended with the processes.
    func createWorkFolder() throws -> (WorkFolder, FolderLock) {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix(".okai-") {
            // A locked folder belongs to a training that still runs.
            guard let lock = FolderLock("\(path)/\(name)") else { continue }
            withExtendedLifetime(lock) { WorkFolder(existing: "\(path)/\(name)").remove() }
        }
        let folder = try WorkFolder(path: "\(path)/.okai-\(UUID().uuidString)")
        guard let lock = FolderLock(folder.path) else { throw failure(folder.path) }
        return (folder, lock)
    }

    /// Replaces earlier results with `files`.
    ///
    /// Moves earlier results, and files with the same names as `files`, into the new folder `aside`, which must be in
    /// the same file system. Then moves `files` into the result folder.
    ///
    /// If one move fails, the moves before it are reversed.
    func replaceResults(with files: [String], movingOldTo aside: String) throws(WalrusError) {
        let names = files.map { URL(filePath: $0).lastPathComponent }
        guard mkdir(aside, 0o700) == 0 else { throw failure(aside) }
        var moves: [(from: String, to: String)] = []
        do throws(WalrusError) {
            for name in Set(names + earlierResults) where exists("\(path)/\(name)") {
                try move("\(path)/\(name)", "\(aside)/\(name)", &moves)
            }
            for (file, name) in zip(files, names) { try move(file, "\(path)/\(name)", &moves) }
        } catch {
            for (from, to) in moves.reversed() { rename(to, from) }
            throw error
        }
    }

    /// Removes the folders that this training created, if they are empty.
    func removeCreatedFolders() { Self.remove(createdFolders) }

    /// The names of the files of an earlier training: its receipt, its report, and the model that the receipt names.
    ///
    /// Empty if the folder has no receipt.
    private var earlierResults: [String] {
        guard let json = FileManager.default.contents(atPath: "\(path)/receipt.json"),
            let receipt = try? Wire.decode(Receipt.self, from: json)  // nil: not a file of this program
        else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let models = names.filter { name in
            guard ModelFileName.matches(name),
                let file = try? MappedFile(path: "\(path)/\(name)")  // nil: not a regular file
            else { return false }
            return file.size == receipt.model.size
                && FileIdentity(of: file).sha256 == receipt.model.sha256
        }
        return models + ["receipt.json", "report.json"]
    }

    private func move(_ from: String, _ to: String, _ moves: inout [(from: String, to: String)])
        throws(WalrusError)
    {
        guard rename(from, to) == 0 else { throw failure(to) }
        moves.append((from, to))
    }

    private func failure(_ path: String) -> WalrusError {
        .file("cannot write \(path): \(String(cString: strerror(errno)))")
    }

    /// Whether both paths lead to the same file, also through links.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    private func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private static func path(of place: URL) -> String {
        var path = place.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func remove(_ folders: [String]) { for folder in folders.reversed() { rmdir(folder) } }
}
