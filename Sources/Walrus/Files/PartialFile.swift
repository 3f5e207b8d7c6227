import Foundation
import Glibc

/// A file that has a temporary name while it is written, and appears at its path only when it is complete.
///
/// The temporary file is deleted if this object is released without ``commit(as:)``. The file is locked as long as it
/// is open, so that another process can recognise and remove the temporary files of killed processes.
@safe package final class PartialFile {
    /// The suffix of temporary names.
    private static let suffix = ".part"
    /// The number of bytes that ``flush()`` writes to the disk between two checks for cancellation.
    private static let flushedAtOnce = 32 << 20

    /// The path of the temporary file.
    package let temporaryPath: String
    /// Bytes written so far.
    package private(set) var size = 0
    private let path: String
    private let descriptor: Int32
    private var isCommitted = false

    /// Creates a temporary file for `path`.
    ///
    /// At `path` there must be either nothing or a regular file.
    ///
    /// If `path` is a symbolic link, `commit` replaces the target of the link, not the link.
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
        if !isCommitted { unsafe unlink(temporaryPath) }
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

    /// Discards all bytes written so far.
    func truncate() throws(WalrusError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Self.failure("write", path)
        }
        size = 0
    }

    /// Writes the bytes to the disk in portions, so that the following ``commit(as:)`` is quick.
    ///
    /// The task can be cancelled between two portions.
    ///
    /// Write errors are not reported here, because ``commit(as:)`` reports them.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func flush() throws {
        guard let start = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0),
            unsafe start != MAP_FAILED
        else { return }
        defer { unsafe munmap(start, size) }
        for offset in stride(from: 0, to: size, by: Self.flushedAtOnce) {
            try Task.checkCancellation()
            unsafe msync(start + offset, min(Self.flushedAtOnce, size - offset), MS_SYNC)
        }
        try Task.checkCancellation()
    }

    /// Writes the bytes to the disk and renames the file to `other`, or to its path if `other` is nil.
    ///
    /// The file gets the mode of the file that it replaces. After this call, the name and the content of the file
    /// survive a power failure.
    package func commit(as other: String? = nil) throws(WalrusError) {
        let path = other ?? self.path
        if let mode = try Self.mode(ofFileAt: path) { fchmod(descriptor, mode) }
        guard fsync(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else {
            throw Self.failure("write", path)
        }
        isCommitted = true
        guard Self.syncFolder(of: path) else { throw Self.failure("write", path) }
    }

    /// Removes the temporary files for `path` that ended processes have left behind.
    static func removeAbandoned(for path: String) throws {
        let stem = stem(try end(ofLinks: path))
        let start = "\(stem.dropFirst(folder(of: stem).count))."
        try removeAbandoned(in: folder(of: stem)) { name in
            name.hasPrefix(start) && UInt64(name.dropFirst(start.count).dropLast(suffix.count)) != nil
        }
    }

    /// Removes the temporary files in `folder` that ended processes have left behind, if `isMeant` accepts their
    /// names.
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

    /// The folder of `path`, with a slash at the end.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    }

    /// The beginning of temporary paths for `path`, shortened so that file names have at most 255 bytes.
    private static func stem(_ path: String) -> String {
        let folder = folder(of: path)
        var name = path.split(separator: "/").last ?? ""
        while name.utf8.count > 220 { name.removeLast() }
        return "\(folder)\(name)"
    }

    /// Creates and locks a file.
    ///
    /// The mode of the file follows the umask, because blobs are public. The result is -1 if the file cannot be
    /// created.
    private static func create(_ path: String) -> Int32 {
        while true {
            let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { return -1 }
            var status = stat()
            // Another process may have removed the file as abandoned before this process locked it.
            if flock(descriptor, LOCK_EX) == 0, unsafe fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return descriptor
            }
            close(descriptor)
        }
    }

    /// The target of `path` if it is a symbolic link, otherwise `path`.
    private static func end(ofLinks path: String) throws(WalrusError) -> String {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
        guard let end = unsafe realpath(path, nil) else {
            throw .file("cannot write \(path): it is a symbolic link whose target does not exist")
        }
        defer { unsafe free(end) }
        return unsafe String(cString: end)
    }

    /// The mode of the file that will be replaced; nil if there is none.
    private static func mode(ofFileAt path: String) throws(WalrusError) -> mode_t? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            if errno == ENOENT, !path.isEmpty { return nil }
            throw failure("write", path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return status.st_mode & 0o777
        case S_IFDIR: throw .file("cannot write \(path): it is a folder")
        default: throw .file("cannot write \(path): it exists and is not a regular file")
        }
    }

    private static func failure(_ verb: String, _ path: String) -> WalrusError {
        .file("cannot \(verb) \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
