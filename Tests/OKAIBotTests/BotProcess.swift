import Foundation
import Support
import Synchronization

/// A program of this package as a child process, with no other environment than the given one.
final class BotProcess: Sendable {
    /// How a process ended.
    struct End: Sendable {
        let code: Int32
        let output: String
        let errors: String
    }

    private static let secretSettings = [
        "TELEGRAM_BOT_TOKEN", "WALRUS_PUBLISHER_JWT_SECRET", "FLUENCE_API_KEY",
    ]

    let pid: Int32
    private let end: AsyncStream<End>
    private let output: OutputFile
    private let errors: OutputFile

    /// The standard output so far.
    var outputSoFar: String { output.text }

    /// The standard error so far.
    var errorsSoFar: String { errors.text }

    /// Starts the program `name` in `products`, by default the folder of the tests.
    ///
    /// A shell runs `shell` first, in the same process. Standard error goes to `terminal`, if that is given; with
    /// `isInteractive`, standard input and output do as well.
    init(
        _ name: String = "okaibot",
        _ arguments: [String],
        environment: [String: String] = [:],
        folder: URL,
        products: URL? = nil,
        shell: String = ":",
        input: String? = nil,
        terminal: FileHandle? = nil,
        isInteractive: Bool = false
    ) throws {
        let process = Process()
        let program = try (products ?? Self.products()).appending(path: name).path()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "\(shell); exec \"$0\" \"$@\"", program] + arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path()].merging(environment) { $1 }
        for key in Self.secretSettings {
            // The first part of a bot's token is its public id.
            if let secret = environment[key]?.split(separator: ":").last { UsedSecrets.add(secret) }
        }
        let output = try OutputFile(folder.appending(path: "output-\(UUID().uuidString)"))
        let errors = try OutputFile(folder.appending(path: "errors-\(UUID().uuidString).log"))
        (self.output, self.errors) = (output, errors)
        (process.standardOutput, process.standardError) = (output.handle, terminal ?? errors.handle)
        process.standardInput = FileHandle.nullDevice
        if isInteractive { (process.standardInput, process.standardOutput) = (terminal, terminal) }
        if let input {
            let file = folder.appending(path: "input-\(UUID().uuidString)")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        }
        let (stream, continuation) = AsyncStream.makeStream(of: End.self)
        end = stream
        process.terminationHandler = { process in
            continuation.yield(
                End(code: process.terminationStatus, output: output.text, errors: errors.text)
            )
            continuation.finish()
        }
        try process.run()
        pid = process.processIdentifier
    }

    func send(_ signal: Int32) { kill(pid, signal) }

    /// Waits for the end of the process; only one task may call this.
    func ended() async -> End {
        await end.first { _ in true } ?? End(code: -1, output: "", errors: "")
    }

    /// The folder of the built programs, such as `.build/debug`.
    static func products() throws -> URL {
        let test = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let candidates =
            [test, URL(filePath: CommandLine.arguments[0])] + CommandLine.arguments.map { URL(filePath: $0) }
        for candidate in candidates {
            var folder = candidate.deletingLastPathComponent()
            while folder.path() != "/" {
                if FileManager.default.isExecutableFile(atPath: folder.appending(path: "okaibot").path()) {
                    return folder
                }
                folder = folder.deletingLastPathComponent()
            }
        }
        throw CocoaError(.fileNoSuchFile)
    }
}

/// A file for the output of a process; unlike a pipe, it never blocks the writer.
private struct OutputFile: Sendable {
    private let url: URL
    let handle: FileHandle

    init(_ url: URL) throws {
        self.url = url
        _ = FileManager.default.createFile(atPath: url.path(), contents: nil)
        handle = try FileHandle(forWritingTo: url)
    }

    var text: String {
        String(decoding: FileManager.default.contents(atPath: url.path()) ?? Data(), as: UTF8.self)
    }
}

/// Runs `body` with a new folder, checks that no log in it holds a secret, and deletes it.
func withTestFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "okai-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let value = try await body(folder)
    try UsedSecrets.check(logsBelow: folder)
    return value
}
