import Testing

/// The suites whose tests run a whole worker, one after another: a blob ID takes a core and a hundred megabytes, and
/// some tests measure time.
@Suite("Worker", .serialized)
struct WorkerSuites {}
