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

    /// Begins a file that is to be called `path` in the end.
    package init(for path: String) throws(WalrusError) {
        self.path = path
        temporaryPath = "\(path).\(UInt64.random(in: 0...UInt64.max))\(Self.suffix)"
        guard !Self.isFolder(path) else { throw .file("cannot write \(path): it is a folder") }
        // For whom the process lets others read: a blob is no secret.
        descriptor = unsafe open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw Self.failure("create", path)
        }
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
    /// When this returns, name and bytes outlast a loss of power.
    package func keep(as other: String? = nil) throws(WalrusError) {
        let path = other ?? self.path
        guard fsync(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else {
            throw Self.failure("write", path)
        }
        isKept = true
        guard Self.syncFolder(of: path) else { throw Self.failure("write", path) }
    }

    /// Removes the unfinished files in `folder` whose process is gone.
    package static func removeAbandoned(in folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(suffix) {
            let path = "\(folder)/\(name)"
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    private static func syncFolder(of path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        return descriptor >= 0 && fsync(descriptor) == 0
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func failure(_ verb: String, _ path: String) -> WalrusError {
        .file("cannot \(verb) \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
