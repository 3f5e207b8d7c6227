import Glibc

/// Memory of its own, zero at first; the system gives a page when it is first touched.
@safe final class Memory<Element: BitwiseCopyable> {
    let start: UnsafeMutablePointer<Element>

    init(_ count: Int) {
        guard let bytes = unsafe calloc(max(count, 1), MemoryLayout<Element>.stride) else {
            preconditionFailure("no memory for \(count) elements")
        }
        unsafe start = bytes.bindMemory(to: Element.self, capacity: count)
    }

    deinit {
        unsafe free(start)
    }
}
