import Contract
import Foundation
import Glibc
import Walrus

/// The folder that a training's results go to: all of them or none, and nothing else of an earlier training stays.
struct ResultFolder {
    private let path: String
    /// The folders that were made for it, the outermost first.
    private let made: [String]

    /// Makes the folder at `path`, and those around it, where they are not there.
    init(_ path: String) throws(WalrusError) {
        guard !path.isEmpty else { throw .file("the folder for the results has no name; name one") }
        self.path = path
        var made: [String] = []
        var missing: [String] = []
        var place = URL(filePath: path).absoluteURL
        while place.pathComponents.count > 1, !FileManager.default.fileExists(atPath: Self.path(of: place)) {
            missing.append(Self.path(of: place))
            place = place.deletingLastPathComponent()
        }
        for folder in missing.reversed() {
            guard mkdir(folder, 0o777) == 0 else {
                let reason = String(cString: strerror(errno))
                Self.remove(made)
                throw .file("cannot make the folder \(path): \(reason)")
            }
            made.append(folder)
        }
        self.made = made
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard isFolder.boolValue else { throw .file("\(path) is no folder; name one for the results") }
    }

    /// - Throws: Where a result called one of `names` would take the place of a folder, or of `dataset`, which it comes
    ///   from.
    func requireRoom(for names: [String], dataset: String?) throws(WalrusError) {
        for name in names {
            let place = "\(path)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { continue }
            guard !isFolder.boolValue else {
                throw .file("\(place) is a folder, and a result is called so; move it, or name another --out")
            }
            guard let dataset, Self.isSame(place, dataset) else { continue }
            throw .file("\(place) is the dataset, and a result would replace it; name another --out")
        }
    }

    /// A folder within for what is not finished, and the hold on it: who is killed lets go, and what it left is removed
    /// here.
    func workFolder() throws -> (WorkFolder, FolderHold) {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix(".okai-") {
            // Held by a training that goes on, or somebody else's: either way none of ours to remove.
            guard let hold = FolderHold("\(path)/\(name)") else { continue }
            withExtendedLifetime(hold) { WorkFolder(existing: "\(path)/\(name)").remove() }
        }
        let folder = try WorkFolder(path: "\(path)/.okai-\(UUID().uuidString)")
        guard let hold = FolderHold(folder.path) else { throw failure(folder.path) }
        return (folder, hold)
    }

    /// Moves `files` in under their own names, and what they replace to `aside`, in the same file system.
    func take(_ files: [String], aside: String) throws(WalrusError) {
        let names = files.map { URL(filePath: $0).lastPathComponent }
        guard mkdir(aside, 0o700) == 0 else { throw failure(aside) }
        var done: [(from: String, to: String)] = []
        do throws(WalrusError) {
            for name in Set(names + leftBehind) where exists("\(path)/\(name)") {
                try move("\(path)/\(name)", "\(aside)/\(name)", &done)
            }
            for (file, name) in zip(files, names) { try move(file, "\(path)/\(name)", &done) }
        } catch {
            for (from, to) in done.reversed() { rename(to, from) }
            throw error
        }
    }

    /// Removes the folders that were made, as far as they are empty.
    func undo() { Self.remove(made) }

    /// The names of an earlier training's results: its reports, and the model that its receipt names.
    private var leftBehind: [String] {
        guard let json = FileManager.default.contents(atPath: "\(path)/receipt.json"),
            let receipt = try? Wire.decode(Receipt.self, from: json)  // else it is none of ours
        else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let models = names.filter { name in
            guard ModelName.isOne(name),
                let file = try? MappedFile(path: "\(path)/\(name)")  // else it is no file
            else { return false }
            return file.size == receipt.model.size
                && FileIdentity(of: file).sha256 == receipt.model.sha256
        }
        return models + ["receipt.json", "report.json"]
    }

    private func move(_ from: String, _ to: String, _ done: inout [(from: String, to: String)])
        throws(WalrusError)
    {
        guard rename(from, to) == 0 else { throw failure(to) }
        done.append((from, to))
    }

    private func failure(_ path: String) -> WalrusError {
        .file("cannot write \(path): \(String(cString: strerror(errno)))")
    }

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
