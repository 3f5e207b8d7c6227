import Contract
import Foundation
import Glibc

/// The program `okai-worker` in the folder of this program.
enum WorkerBinary {
    static func path() throws -> String { try path(of: "okai-worker") }

    /// The path of the program `name` in the folder of this program.
    static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name)
            .path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else { throw BotError.noWorker(path) }
        return path
    }

    /// Replaces this process by the worker, with `request` on its standard input; returns only by an error.
    static func replaceProcess(with request: WorkerRequest) throws -> Never {
        let path = try path()
        var ends: [Int32] = [0, 0]
        let bytes = try request.encoded()
        // A pipe holds 64 KiB and requests are far smaller, so the write does not wait for a reader.
        guard pipe(&ends) == 0, bytes.count < 60_000, write(ends[1], bytes, bytes.count) == bytes.count else {
            throw BotError.noWorker(path)
        }
        close(ends[1])
        dup2(ends[0], STDIN_FILENO)
        close(ends[0])
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup(request.verb.rawValue), nil]
        execv(path, &arguments)
        throw BotError.noWorker("\(path) (\(String(cString: strerror(errno))))")
    }
}
