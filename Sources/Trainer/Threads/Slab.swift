/// Memory that several threads fill at once, each its own part: what an array with its one owner cannot be.
///
/// Kernels take `base` and index it unchecked; all else goes through arrays.
@safe final class Slab<Element: BitwiseCopyable>: @unchecked Sendable {
    // @unchecked Sendable because threads that run at once write different elements, and whoever reads an element has
    // waited for its writer.
    let count: Int
    let base: UnsafeMutablePointer<Element>

    init(repeating value: Element, count: Int) {
        self.count = count
        unsafe base = .allocate(capacity: max(count, 1))
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
