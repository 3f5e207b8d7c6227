import CMalloc

/// The threshold at which the allocator returns freed memory to the system.
///
/// The default is 128 KiB of free memory at the end of the heap. Transactions of fifty jobs free and allocate about as
/// much; with the default, page faults doubled the CPU time of these transactions.
enum HeapTrim {
    /// Raises the threshold to 4 MiB.
    ///
    /// A system that does not support this runs transactions more slowly.
    static func raiseThreshold() { _ = mallopt(M_TRIM_THRESHOLD, 4 << 20) }
}
