import Contract
import Foundation
import Glibc

/// The program `okai-worker`, which lies beside this one.
enum WorkerBinary {
    static func path() throws -> String { try path(of: "okai-worker") }

    /// The path of a program beside this one.
    static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name)
            .path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else { throw BotError.noWorker(path) }
        return path
    }

    /// Becomes the worker, with `request` on its standard input; returns only to say why it could not.
    static func become(_ verb: String, _ request: some Encodable) throws -> Never {
        let path = try path()
        var ends: [Int32] = [0, 0]
        let bytes = try Wire.encode(request)
        // A pipe holds 64 KiB, and a request far less, so that this does not wait for a reader.
        guard pipe(&ends) == 0, bytes.count < 60_000, write(ends[1], bytes, bytes.count) == bytes.count else {
            throw BotError.noWorker(path)
        }
        close(ends[1])
        dup2(ends[0], STDIN_FILENO)
        close(ends[0])
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup(verb), nil]
        execv(path, &arguments)
        throw BotError.noWorker("\(path) (\(String(cString: strerror(errno))))")
    }
}
