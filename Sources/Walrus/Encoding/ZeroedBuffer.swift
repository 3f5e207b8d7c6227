import Glibc

/// A zero-initialised memory buffer.
///
/// The system provides each page of memory at the first access.
@safe final class ZeroedBuffer<Element: BitwiseCopyable> {
    let start: UnsafeMutablePointer<Element>

    convenience init(_ count: Int) {
        do {
            try self.init(checking: count)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Use this initializer for sizes that grow with the blob or the network and may exceed the available memory.
    ///
    /// - Throws: ``EncodingError/noMemory(bytes:)``.
    init(checking count: Int) throws(EncodingError) {
        let stride = MemoryLayout<Element>.stride
        guard let bytes = unsafe calloc(max(count, 1), stride) else { throw .noMemory(bytes: count * stride) }
        unsafe start = bytes.bindMemory(to: Element.self, capacity: count)
    }

    deinit {
        unsafe free(start)
    }
}
