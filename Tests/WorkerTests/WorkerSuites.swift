import Testing

/// Suites whose tests run a whole worker, one after another.
///
/// Each blob ID needs a core and a hundred megabytes.
@Suite("Worker", .serialized)
struct WorkerSuites {}
