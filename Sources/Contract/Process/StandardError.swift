import Glibc

/// Writes to standard error, where text for people goes.
package enum StandardError {
    /// Writes the text; if nobody can read it, it is lost and the process goes on.
    package static func write(_ text: String) {
        _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO)
    }
}
