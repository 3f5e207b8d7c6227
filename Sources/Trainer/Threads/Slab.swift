import Glibc

/// Memory that several threads fill at once, each its own part: what an array with its one owner cannot be.
///
/// Kernels take `base` and index it unchecked; all else goes through arrays. Large slabs lie in large pages: kernels that
/// jump from row to row would else wait for the processor to find out where their pages are.
@safe final class Slab<Element: BitwiseCopyable>: @unchecked Sendable {
    // @unchecked Sendable because threads that run at once write different elements, and whoever reads an element has
    // waited for its writer.
    let count: Int
    let base: UnsafeMutablePointer<Element>

    private static var largePage: Int { 2 << 20 }

    init(repeating value: Element, count: Int) {
        self.count = count
        let size = max(count, 1) * MemoryLayout<Element>.stride
        let isLarge = size >= 2 * Self.largePage
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size,
            alignment: isLarge ? Self.largePage : MemoryLayout<Element>.alignment
        )
        // Where the system has no large pages to give, it works without.
        if isLarge { _ = unsafe madvise(memory, size, MADV_HUGEPAGE) }
        unsafe base = memory.bindMemory(to: Element.self, capacity: max(count, 1))
        unsafe base.initialize(repeating: value, count: count)
    }

    deinit {
        unsafe base.deallocate()
    }

    var array: [Element] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}

extension Slab {
    convenience init(_ elements: some Collection<Element>, padding: Element) {
        self.init(repeating: padding, count: elements.count)
        for (index, element) in elements.enumerated() { unsafe base[index] = element }
    }
}
