import Glibc

/// A file on its way out, read piece by piece.
@safe final class UploadFile {
    /// In bytes, as it was when the file was opened.
    let size: Int
    private let descriptor: Int32

    /// Opens the file at `path`.
    ///
    /// - Throws: ``TransferError`` of kind `unusable` when it cannot be read.
    init(path: String) throws(TransferError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw TransferError(
                kind: .unusable,
                message: "cannot read \(path): \(reason)",
                requestMayHaveArrived: false
            )
        }
        size = Int(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills `buffer`; 0 at the end, curl's abort code when the file cannot be read on.
    func read(into buffer: UnsafeMutablePointer<CChar>?, capacity: Int) -> Int {
        let count = unsafe Glibc.read(descriptor, buffer, capacity)
        return count < 0 ? Int(0x1000_0000) : count
    }
}
