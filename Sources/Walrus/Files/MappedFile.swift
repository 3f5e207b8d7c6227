import Glibc

/// A read-only memory mapping of a file.
///
/// The file must not be shortened while it is mapped; see ``exitOnTruncation()``.
@safe package final class MappedFile: @unchecked Sendable {
    // @unchecked Sendable because the region is read-only and constant from init to deinit.
    private let region: UnsafeRawBufferPointer

    /// Maps the file at `path` for reading.
    ///
    /// - Throws: ``EncodingError/unreadable(path:reason:)``, also if there is no regular file at `path`.
    package convenience init(path: String) throws(EncodingError) {
        // Without O_NONBLOCK, opening a FIFO waits for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor, path: path)
    }

    /// Maps the open file `descriptor`; `path` is used in errors only.
    ///
    /// The caller must still close the descriptor.
    package init(descriptor: Int32, path: String) throws(EncodingError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is not a regular file")
        }
        // An empty file cannot be mapped and needs no mapping. Files in /proc report size 0 but have content.
        guard status.st_size > 0 else {
            var byte: UInt8 = 0
            guard unsafe pread(descriptor, &byte, 1, 0) == 0 else {
                throw .unreadable(
                    path: path,
                    reason: "its size is not known: copy it to a regular file first"
                )
            }
            unsafe region = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else { throw Self.unreadable(path) }
        unsafe region = UnsafeRawBufferPointer(start: address, count: Int(status.st_size))
    }

    deinit {
        if let address = unsafe region.baseAddress {
            unsafe munmap(UnsafeMutableRawPointer(mutating: address), region.count)
        }
    }

    /// The size in bytes.
    package var size: Int { unsafe region.count }

    /// Calls `body` with the content.
    package func withBytes<Value>(_ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
        try unsafe region.withMemoryRebound(to: UInt8.self) { try body(unsafe $0.span) }
    }

    /// Releases the physical memory of the pages within `range`.
    ///
    /// The next read of these pages loads them from the file again.
    package func releasePages(in range: Range<Int>) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let (start, end) = ((range.lowerBound + page - 1) / page * page, range.upperBound / page * page)
        guard start < end, let address = unsafe region.baseAddress else { return }
        unsafe madvise(UnsafeMutableRawPointer(mutating: address + start), end - start, MADV_DONTNEED)
    }

    private static func unreadable(_ path: String) -> EncodingError {
        .unreadable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
}
