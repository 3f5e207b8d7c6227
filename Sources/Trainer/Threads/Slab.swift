import Glibc

/// Memory of a fixed size, of which several threads can fill different parts at the same time, unlike an array.
///
/// Inner loops index `base` without bounds checks. For slabs of 4 MiB and more, huge pages are requested: with small
/// pages, loops that access scattered rows would wait for address translation (TLB misses).
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
        // The result is ignored, because without huge pages the loops are only slower.
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
