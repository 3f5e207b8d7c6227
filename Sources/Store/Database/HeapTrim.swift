import CMalloc

/// How soon memory that was freed goes back to the system.
///
/// By default it goes as soon as 128 KiB lie free at a heap's end, and comes again page by page. Transactions of fifty jobs
/// free and take about as much as that all the time, and took twice the CPU time for it.
enum HeapTrim {
    /// Has up to 4 MiB kept for the next transaction; whether the system knows that wish.
    static let isPutOff = mallopt(M_TRIM_THRESHOLD, 4 << 20) == 1
}
