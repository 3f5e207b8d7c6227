import Foundation
import Glibc

/// The terminal to which standard output is connected.
enum Terminal {
    /// The width of the terminal in columns; 80 if the width is unknown.
    static var columns: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}

enum StandardInput {
    /// The lines of standard input, which a separate thread reads.
    static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                while let line = readLine() { continuation.yield(line) }
                continuation.finish()
            }
        }
    }
}
