import Foundation
import Glibc

/// A file that appears under its name only when it is whole: until then it grows beside it, and goes when let go of.
///
/// It is locked as long as its process lives, so that others can tell it from what a killed process left.
@safe package final class PartialFile {
    /// What the name of an unfinished file ends with: where its process was killed, that is what stays.
    private static let suffix = ".part"
    private static let settledAtOnce = 32 << 20

    /// Where the bytes are until ``keep()``.
    package let temporaryPath: String
    /// In bytes, so far.
    package private(set) var size = 0
    private let path: String
    private let descriptor: Int32
    private var isKept = false

    /// Begins a file that is to be called `path` in the end, where there is nothing yet, or a regular file.
    ///
    /// A link is followed: what it leads to is replaced, not the link.
    package init(for path: String) throws(WalrusError) {
        let path = try Self.end(ofLinks: path)
        _ = try Self.mode(ofFileAt: path)
        self.path = path
        temporaryPath = "\(Self.stem(path)).\(UInt64.random(in: 0...UInt64.max))\(Self.suffix)"
        descriptor = Self.create(temporaryPath)
        guard descriptor >= 0 else { throw Self.failure("create", path) }
    }

    deinit {
        close(descriptor)
        if !isKept { unsafe unlink(temporaryPath) }
    }

    package func append(_ bytes: [UInt8]) throws(WalrusError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            guard count > 0 || errno == EINTR else { throw Self.failure("write", path) }
            written += max(count, 0)
        }
        size += bytes.count
    }

    /// Forgets what was written.
    func restart() throws(WalrusError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Self.failure("write", path)
        }
        size = 0
    }

    /// Brings the bytes to the disk bit by bit, so that ``keep(as:)`` finds little to wait for.
    ///
    /// What goes wrong here shows there, where all is brought to the disk.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func settle() throws {
        guard let start = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0),
            unsafe start != MAP_FAILED
        else { return }
        defer { unsafe munmap(start, size) }
        for offset in stride(from: 0, to: size, by: Self.settledAtOnce) {
            try Task.checkCancellation()
            unsafe msync(start + offset, min(Self.settledAtOnce, size - offset), MS_SYNC)
        }
        try Task.checkCancellation()
    }

    /// Gives the file its name, or another that has become known, once its bytes are on the disk.
    ///
    /// It has the mode of the file that it replaces. When this returns, name and bytes outlast a loss of power.
    package func keep(as other: String? = nil) throws(WalrusError) {
        let path = other ?? self.path
        if let mode = try Self.mode(ofFileAt: path) { fchmod(descriptor, mode) }
        guard fsync(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else {
            throw Self.failure("write", path)
        }
        isKept = true
        guard Self.syncFolder(of: path) else { throw Self.failure("write", path) }
    }

    /// Removes what was to become the file at `path`, and whose process is gone.
    static func removeAbandoned(besides path: String) throws {
        let stem = stem(try end(ofLinks: path))
        let start = "\(stem.dropFirst(folder(of: stem).count))."
        try removeAbandoned(in: folder(of: stem)) { name in
            name.hasPrefix(start) && UInt64(name.dropFirst(start.count).dropLast(suffix.count)) != nil
        }
    }

    /// Removes the unfinished files in `folder` whose process is gone.
    package static func removeAbandoned(
        in folder: String,
        where isMeant: (_ name: String) -> Bool = { _ in true }
    ) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasSuffix(suffix) && isMeant(name) {
            let path = "\(folder)/\(name)"
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private static func syncFolder(of path: String) -> Bool {
        let descriptor = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        return descriptor >= 0 && fsync(descriptor) == 0
    }

    /// With a slash at its end.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    }

    /// What the names of unfinished files for `path` begin with: with the rest they have at most 255 bytes.
    private static func stem(_ path: String) -> String {
        let folder = folder(of: path)
        var name = path.split(separator: "/").last ?? ""
        while name.utf8.count > 220 { name.removeLast() }
        return "\(folder)\(name)"
    }

    /// A new file that this process has locked, for whom it lets others read: a blob is no secret.
    private static func create(_ path: String) -> Int32 {
        while true {
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { return -1 }
            var status = stat()
            // Who clears up may have taken it for abandoned before it was locked.
            if flock(descriptor, LOCK_EX) == 0, unsafe fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return descriptor
            }
            close(descriptor)
        }
    }

    /// Where `path` leads to, if it is a link; else itself.
    private static func end(ofLinks path: String) throws(WalrusError) -> String {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
        guard let end = unsafe realpath(path, nil) else {
            throw .file("cannot write \(path): it is a link to nothing")
        }
        defer { unsafe free(end) }
        return unsafe String(cString: end)
    }

    /// Of the file that is to be replaced; nil where there is none.
    private static func mode(ofFileAt path: String) throws(WalrusError) -> mode_t? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT, !path.isEmpty { return nil }
            throw failure("write", path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status.st_mode & 0o777
        case S_IFDIR: throw .file("cannot write \(path): it is a folder")
        default: throw .file("cannot write \(path): it is there, but not a regular file")
        }
    }

    private static func failure(_ verb: String, _ path: String) -> WalrusError {
        .file("cannot \(verb) \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
