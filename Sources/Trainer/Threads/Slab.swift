import Glibc

/// Memory of a fixed size that several threads fill at the same time, each its own part; an array does not allow that.
///
/// Kernels index `base` without bounds checks. Slabs of 4 MiB and more are in huge pages: kernels that access scattered
/// rows would otherwise wait for address translation (TLB misses).
@safe final class Slab<Element: BitwiseCopyable>: @unchecked Sendable {
    // @unchecked Sendable because threads that run at the same time write different elements, and a thread reads an
    // element only after it has waited for the writer.
    let count: Int
    let base: UnsafeMutablePointer<Element>

    /// The size of a huge page, in bytes.
    private static var hugePage: Int { 2 << 20 }

    init(repeating value: Element, count: Int) {
        self.count = count
        let size = max(count, 1) * MemoryLayout<Element>.stride
        let isLarge = size >= 2 * Self.hugePage
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: size,
            alignment: isLarge ? Self.hugePage : MemoryLayout<Element>.alignment
        )
        // Only a hint: without huge pages the kernels are slower, not wrong.
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
