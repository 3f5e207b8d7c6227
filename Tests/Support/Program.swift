import Foundation
import Glibc

/// A program of this package, built beside the running tests.
package struct Program: Sendable {
    /// The exit status and the output of a program.
    package struct Result: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    package let path: String

    package init(_ name: String) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        path = URL(filePath: tests).deletingLastPathComponent().appending(path: name).path
    }

    /// Runs the program to its end, with `environment` beside this process's own.
    ///
    /// The program inherits the file `leaking` as descriptor 9, as if its parent had leaked it.
    package func run(
        _ arguments: [String],
        input: some Sequence<UInt8>,
        environment: [String: String] = [:],
        leaking: String = "/dev/null"
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let folder = URL(filePath: folder)
            let inputFile = folder.appending(path: "in")
            let output = folder.appending(path: "out")
            let errors = folder.appending(path: "err")
            try Data(input).write(to: inputFile)
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                [
                    "-c", #"exec 9<"$0" <"$1" >"$2" 2>"$3"; shift 3; exec "$@""#, leaking, inputFile.path,
                    output.path, errors.path,
                    path,
                ] + arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            let status = try await process.statusAtEnd()
            try UsedSecrets.check(try Data(contentsOf: errors), in: "standard error")
            return Result(
                status: status,
                output: try String(contentsOf: output, encoding: .utf8),
                errors: try String(contentsOf: errors, encoding: .utf8)
            )
        }
    }
}

extension Process {
    fileprivate func statusAtEnd() async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
