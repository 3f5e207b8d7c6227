package import Logging
import Synchronization

/// What was logged, line by line, for tests about what must and must not be.
package final class LogBook: Sendable {
    private let pages = Mutex<[String]>([])

    package init() {}

    /// As `level message key=value`.
    package var lines: [String] { pages.withLock { $0 } }

    /// Writes everything into this book.
    package var logger: Logger { Logger(label: "book") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = metadata.merging(event.metadata ?? [:]) { $1 }.map { " \($0)=\($1)" }.sorted()
                .joined()
            book.pages.withLock { $0.append("\(event.level) \(event.message)\(values)") }
        }
    }
}
