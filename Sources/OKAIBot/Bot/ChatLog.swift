import Contract
import Logging
import Synchronization

/// The log of a chat in a terminal.
///
/// A line on standard error would land in the line that the person edits. So the lines go where the answers go.
struct ChatLog: LogHandler {
    /// Where the lines go once the chat has begun.
    final class Screen: Sendable {
        private let show = Mutex<(@Sendable (String) -> Void)?>(nil)

        /// From now on, lines go to `show`; nil: to standard error.
        func use(_ show: (@Sendable (String) -> Void)?) { self.show.withLock { $0 = show } }

        fileprivate func write(_ line: String) {
            if let show = show.withLock({ $0 }) { show(line) } else { StandardError.write("\(line)\n") }
        }
    }

    let screen: Screen
    var logLevel = Logger.Level.error
    var metadata: Logger.Metadata = [:]

    init(screen: Screen) {
        self.screen = screen
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let details = facts.isEmpty ? "" : " (\(facts.map { "\($0): \($1)" }.joined(separator: ", ")))"
        screen.write("okaibot: \(event.message)\(details)")
    }
}
