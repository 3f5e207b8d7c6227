import Foundation

/// The files of a data folder that a backup holds, besides the database.
struct DataFiles {
    static let database = "okai.sqlite"

    let folder: String
    /// The folder in which images are published.
    let imageFolder: String

    /// Folders that are not in a backup: new ones are made when they are needed.
    private static let passing = ["chat", "images", "machines", "work"]

    /// The paths, relative to the data folder, in order.
    ///
    /// Unfinished and damaged files are left out.
    func names() throws -> [String] {
        let files = FileManager.default
        return try files.contentsOfDirectory(atPath: folder).sorted().flatMap { top -> [String] in
            guard Self.isBackedUp(top) || Self.isBackedUp("\(top)/file"), "\(folder)/\(top)" != imageFolder
            else {
                return []
            }
            // The folder of blobs may be a link to another disk.
            let path = URL(filePath: "\(folder)/\(top)").resolvingSymlinksInPath().path(percentEncoded: false)
            guard isFolder(path) else { return Self.isBackedUp(top) && isFile(path) ? [top] : [] }
            return try files.subpathsOfDirectory(atPath: path).sorted()
                .filter { Self.isBackedUp("\(top)/\($0)") && isFile("\(path)/\($0)") }
                .map { "\(top)/\($0)" }
        }
    }

    /// Whether a file with this relative path belongs in a backup, besides the database.
    static func isBackedUp(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !["", ".", ".."].contains($0) }), let last = parts.last,
            !last.hasSuffix(".part"), !last.hasSuffix(".damaged")
        else { return false }
        return parts.count == 1 ? name == "machine-tag" : !passing.contains(String(parts[0]))
    }

    private func isFile(_ path: String) -> Bool { type(path) == .typeRegular }
    private func isFolder(_ path: String) -> Bool { type(path) == .typeDirectory }

    /// Nil if there is nothing at the path.
    private func type(_ path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
}
