import CMalloc

/// The threshold at which the allocator returns freed memory to the system.
///
/// By default it does so when 128 KiB at the end of the heap are free, and later pays for page faults. Transactions of
/// fifty jobs free and allocate about that much, which doubled their CPU time.
enum HeapTrim {
    /// Raises the threshold to 4 MiB, once; false if the system does not support it.
    static let isDelayed = mallopt(M_TRIM_THRESHOLD, 4 << 20) == 1
}
