import Glibc

/// Memory of its own, zero at first; the system gives a page when it is first touched.
@safe final class Memory<Element: BitwiseCopyable> {
    let start: UnsafeMutablePointer<Element>

    convenience init(_ count: Int) {
        do {
            try self.init(much: count)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// For what grows with the blob or the network, and may be more than there is.
    ///
    /// - Throws: ``EncodingError/noMemory(bytes:)``.
    init(much count: Int) throws(EncodingError) {
        let stride = MemoryLayout<Element>.stride
        guard let bytes = unsafe calloc(max(count, 1), stride) else { throw .noMemory(bytes: count * stride) }
        unsafe start = bytes.bindMemory(to: Element.self, capacity: count)
    }

    deinit {
        unsafe free(start)
    }
}
