import Glibc
import Walrus

/// An open file of a blob.
///
/// The ID is checked and the bytes are served through one open descriptor. Therefore both use the same file, even if
/// another file replaces it at its path.
final class BlobFile: Sendable {
    /// Identifies a version of a file: the stamp changes with every change of the file's content.
    struct Stamp: Equatable {
        let device: UInt
        let inode: UInt
        let size: Int
        let modified: [Int]
    }

    /// The size in bytes.
    let size: Int
    /// The stamp at the time of opening.
    let stamp: Stamp
    let path: String
    let descriptor: Int32

    /// Opens the file at `path`; nil if there is no file.
    init?(path: String) throws(WalrusError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure(path)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file("cannot read \(path): it is not a regular file")
        }
        (size, stamp) = (status.st_size, Stamp(status))
    }

    deinit { close(descriptor) }

    /// Whether the file has not changed since it was opened.
    var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && Stamp(status) == stamp
    }

    /// Whether the path still refers to this file.
    var isAtPath: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_ino == stamp.inode && status.st_dev == stamp.device
    }

    /// Reads at most `count` bytes from `offset` on.
    ///
    /// - Throws: ``WalrusError/file(_:)`` if there are no bytes at `offset`, or they cannot be read.
    func read(at offset: Int, upTo count: Int) throws(WalrusError) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = max(0, pread(descriptor, buffer.baseAddress, count, offset))
        }
        guard !bytes.isEmpty else { throw .file("\(path) became shorter or unreadable while it was read") }
        return bytes
    }

    private static func failure(_ path: String) -> WalrusError {
        .file("cannot read \(path): \(String(cString: strerror(errno)))")
    }
}

extension BlobFile.Stamp {
    /// The stamp includes the status change time, because programs can set the modification time to any value.
    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
        size = status.st_size
        modified = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
