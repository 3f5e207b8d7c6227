import Glibc
import Walrus

/// A blob's file, opened once: what was checked is what is read, whatever becomes of its name.
final class BlobFile: Sendable {
    /// What a file is known by again: whoever changes its bytes changes this, too.
    struct Stamp: Equatable {
        let device: UInt
        let inode: UInt
        let size: Int
        let modified: [Int]
    }

    /// In bytes.
    let size: Int
    /// As it was when it was opened.
    let stamp: Stamp
    let path: String
    let descriptor: Int32

    /// Opens the file at `path`; nil where there is none.
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

    /// Whether nobody has changed it since it was opened.
    var isUnchanged: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && Stamp(status) == stamp
    }

    /// Whether the name still leads to this very file.
    var hasItsName: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_ino == stamp.inode && status.st_dev == stamp.device
    }

    /// At most `count` bytes from `offset` on.
    ///
    /// - Throws: ``WalrusError/file(_:)``, also where there are none.
    func read(at offset: Int, upTo count: Int) throws(WalrusError) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = max(0, pread(descriptor, buffer.baseAddress, count, offset))
        }
        guard !bytes.isEmpty else { throw .file("\(path) became shorter while it was read") }
        return bytes
    }

    private static func failure(_ path: String) -> WalrusError {
        .file("cannot read \(path): \(String(cString: strerror(errno)))")
    }
}

extension BlobFile.Stamp {
    /// The time of the last change of anything counts, since that of the bytes can be set by hand.
    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
        size = status.st_size
        modified = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
