import Contract
import Foundation
import Glibc

/// Finds `okai-worker` and `okai-picture`, which are in the folder of `okaibot`, and runs the worker.
enum SiblingProgram {
    /// The path of the worker program.
    ///
    /// - Throws: the errors of ``path(of:)``.
    static func path() throws -> String { try path(of: "okai-worker") }

    /// The path of the program `name`.
    ///
    /// - Throws: ``BotError/noProgram(_:)`` if there is no such executable file; an error of the file system if the
    ///   path of this program cannot be read.
    static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name)
            .path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else { throw BotError.noProgram(path) }
        return path
    }

    /// Replaces this process by the worker, with `request` on its standard input.
    ///
    /// - Throws: ``BotError/noProgram(_:)`` if the worker cannot be run or `request` is too large for a pipe; the
    ///   errors of ``path()`` and of the encoder.
    static func replaceProcess(with request: WorkerRequest) throws -> Never {
        let path = try path()
        var ends: [Int32] = [0, 0]
        let bytes = try request.encoded()
        // The write does not wait for a reader, because a pipe holds 64 KiB and requests are far smaller.
        guard pipe(&ends) == 0, bytes.count < 60_000, write(ends[1], bytes, bytes.count) == bytes.count else {
            throw BotError.noProgram(path)
        }
        close(ends[1])
        dup2(ends[0], STDIN_FILENO)
        close(ends[0])
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup(request.verb.rawValue), nil]
        execv(path, &arguments)
        throw BotError.noProgram("\(path) (\(String(cString: strerror(errno))))")
    }
}
