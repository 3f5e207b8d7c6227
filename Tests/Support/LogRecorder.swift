package import Logging
import Synchronization

/// Records log lines, for tests about what must and must not be logged.
package final class LogRecorder: Sendable {
    private let recorded = Mutex<[String]>([])

    package init() {}

    /// Each line as `level message key=value`.
    package var lines: [String] { recorded.withLock { $0 } }

    /// A logger that writes lines of every level here.
    package var logger: Logger { Logger(label: "recorder") { _ in Handler(recorder: self) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = metadata.merging(event.metadata ?? [:]) { $1 }.map { " \($0)=\($1)" }.sorted()
                .joined()
            recorder.recorded.withLock { $0.append("\(event.level) \(event.message)\(values)") }
        }
    }
}
