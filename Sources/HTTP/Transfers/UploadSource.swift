import Glibc

/// Hands out the body of a request piece by piece, and can start again.
@safe final class UploadSource {
    let size: Int
    private let content: Content
    private let onProgress: @Sendable (Int) -> Void
    private var position = 0

    private enum Content {
        case bytes([UInt8])
        case file(CInt)
    }

    init(_ bytes: [UInt8]) {
        self.onProgress = { _ in }
        self.size = bytes.count
        self.content = .bytes(bytes)
    }

    /// - Throws: ``TransferError`` of kind `file`, where there is no regular file at `path`.
    init(path: String, onProgress: @escaping @Sendable (Int) -> Void) throws(TransferError) {
        // Without O_NONBLOCK a FIFO would block the loop.
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .file(path, unsafe String(cString: strerror(errno))) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(file)
            throw .file(path, "it is not a regular file")
        }
        self.size = status.st_size
        self.content = .file(file)
        self.onProgress = onProgress
    }

    deinit {
        if case .file(let file) = content { Glibc.close(file) }
    }

    /// Copies what comes next into `buffer`, and returns how much.
    ///
    /// The count is 0 at the end, and nil where the file has less than its size promised.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, size - position)
        guard wanted > 0 else { return 0 }
        let count =
            switch content {
            case .bytes(let bytes):
                unsafe bytes.copy(from: position, count: wanted, to: buffer)
            case .file(let file):
                unsafe pread(file, buffer.baseAddress, wanted, position)
            }
        guard count > 0 else { return nil }
        position += count
        onProgress(position)
        return count
    }

    func seek(to offset: Int) -> Bool {
        guard 0...size ~= offset else { return false }
        position = offset
        return true
    }
}

extension [UInt8] {
    fileprivate func copy(from start: Int, count: Int, to buffer: UnsafeMutableRawBufferPointer) -> Int {
        unsafe buffer.copyBytes(from: self[start..<start + count])
        return count
    }
}

extension TransferError {
    fileprivate static func file(_ path: String, _ reason: String) -> TransferError {
        TransferError(.file, "can't upload \"\(path)\": \(reason)", requestMayHaveArrived: false)
    }
}
