import Glibc

/// Reads a request body, or one part of a form, piece by piece; `seek(to:)` can go back.
@safe final class UploadSource {
    /// The number of bytes; for a file, its size when it was opened.
    let size: Int
    private let content: Content
    private let onProgress: @Sendable (Int) -> Void
    private var position = 0
    /// Whether the file could not be read, or became shorter after it was opened.
    private(set) var hasFailed = false

    private enum Content {
        case bytes([UInt8])
        /// The file descriptor.
        case file(CInt)
    }

    init(_ bytes: [UInt8]) {
        self.onProgress = { _ in }
        self.size = bytes.count
        self.content = .bytes(bytes)
    }

    /// Opens the file at `path`.
    ///
    /// - Throws: ``TransferError`` of kind `file` if there is no readable regular file at `path`.
    init(path: String, onProgress: @escaping @Sendable (Int) -> Void = { _ in }) throws(TransferError) {
        // Without O_NONBLOCK, opening a FIFO would block the transfer thread.
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

    /// Copies the next bytes into `buffer` and returns their count: 0 at the end, nil if the read failed.
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
        guard count > 0 else {
            hasFailed = true
            return nil
        }
        position += count
        onProgress(position)
        return count
    }

    /// Returns false if `offset` is outside the body.
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
