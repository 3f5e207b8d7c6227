import Glibc

/// Writes to standard output.
///
/// `print` and `FileHandle.write` crash, or lose the text, if the reader has left or the disk is full.
package enum StandardOutput {
    /// Writes the text.
    ///
    /// If that fails, ends the process: quietly if the reader has left, otherwise with a sentence on standard error
    /// and exit code 1.
    package static func write(_ text: String) {
        do {
            try append(Array(text.utf8))
        } catch {
            if let sentence = error.sentence { StandardError.write("\(sentence)\n") }
            exit(error.exitCode)
        }
    }

    /// Writes the text and a line end, like ``write(_:)``.
    package static func writeLine(_ text: String) { write("\(text)\n") }

    /// Writes the bytes; the process goes on if that fails.
    package static func append(_ bytes: [UInt8]) throws(OutputError) {
        let code = StandardStream.write(bytes, to: STDOUT_FILENO)
        switch code {
        case 0: return
        case EPIPE: throw .readerLeft
        default: throw .failed(String(cString: strerror(code)))
        }
    }

    package static func appendLine(_ text: String) throws(OutputError) { try append(Array("\(text)\n".utf8)) }
}

/// Why standard output cannot be written.
package enum OutputError: Error, Equatable, CustomStringConvertible {
    /// The program that read the other end of the pipe has ended, as `head` does.
    case readerLeft
    /// The disk is full, or standard output is closed.
    case failed(String)

    package var description: String {
        switch self {
        case .readerLeft: "the reader of standard output has left"
        case .failed(let reason): "cannot write to standard output: \(reason)"
        }
    }

    /// What the person is told; nil if the reader left, because that is how pipes end.
    package var sentence: String? {
        if case .failed = self { "okaibot: \(self)" } else { nil }
    }

    /// The exit code of a program whose result cannot be written: 1, or as a shell reports an end by SIGPIPE.
    package var exitCode: Int32 { self == .readerLeft ? 128 + SIGPIPE : 1 }
}
