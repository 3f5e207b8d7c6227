import Contract
import Foundation
import Glibc

/// Finds and runs the programs in the folder of `okaibot`: `okai-worker` and `okai-picture`.
enum SiblingProgram {
    static func path() throws -> String { try path(of: "okai-worker") }

    /// - Throws: ``BotError/noProgram(_:)`` if the program `name` does not exist.
    static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name)
            .path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else { throw BotError.noProgram(path) }
        return path
    }

    /// Replaces this process by the worker, with `request` on its standard input.
    ///
    /// - Throws: ``BotError/noProgram(_:)`` if the worker cannot be run.
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
