import Foundation
import Glibc

/// The permissions of a data folder that was made by something else than the bot, such as `mkdir` or `tar`.
struct FolderModes {
    let folder: String

    /// The folders that the bot makes, which only it needs.
    private static let privateFolders = [
        "answers", "attachments", "blobs", "chat", "files", "machines", "work",
    ]

    /// Takes away what other users may do, except what Caddy needs: it enters the folder, and reads the images.
    ///
    /// Returns one line for each change. Files and folders that are not the bot's are left alone.
    ///
    /// - Throws: ``BotError/exposedFolder(_:mode:)`` if others can read or change the folder, which belongs to another
    ///   user.
    func mend() throws(BotError) -> [String] {
        guard let mode = mode(of: folder) else { return [] }
        var changes: [String] = []
        if mode & 0o066 != 0 {
            guard let change = remove(0o066, from: folder) else {
                throw .exposedFolder(folder, mode: Self.octal(mode))
            }
            changes.append(change)
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return changes
            + names.sorted().compactMap { name in remove(forbidden(name), from: "\(folder)/\(name)") }
    }

    /// The permissions that the file or folder `name` must not have.
    private func forbidden(_ name: String) -> mode_t {
        if name == "images" { return 0o022 }
        let isOwn =
            name.hasPrefix("okai.") || ["history", "machine-tag"].contains(name)
            || Self.privateFolders.contains(name)
        return isOwn ? 0o077 : 0
    }

    /// Returns what was changed; nil if nothing was, or could be.
    private func remove(_ bits: mode_t, from path: String) -> String? {
        guard let mode = mode(of: path), mode & bits != 0, chmod(path, mode & ~bits) == 0 else { return nil }
        return "\(path): \(Self.octal(mode)) is now \(Self.octal(mode & ~bits))"
    }

    /// The permissions of a file or folder; nil for a symbolic link, or if there is nothing.
    private func mode(of path: String) -> mode_t? {
        var status = stat()
        guard (path == folder ? stat(path, &status) : lstat(path, &status)) == 0,
            [S_IFDIR, S_IFREG].contains(status.st_mode & S_IFMT)
        else { return nil }
        return status.st_mode & 0o7777
    }

    private static func octal(_ mode: mode_t) -> String { String(mode, radix: 8) }
}
