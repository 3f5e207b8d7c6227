import Foundation
import Support
import Synchronization

/// A program of ours as a process of its own, with nothing of this one's environment but what it is given.
final class BotProcess: Sendable {
    /// What is left of a process.
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
    private let output: Capture
    private let errors: Capture

    /// What it has written to standard output so far.
    var printed: String { output.text }

    /// What it has written to standard error so far.
    var complaints: String { errors.text }

    /// Starts the program `name`, which lies beside the tests, or in `products`.
    ///
    /// `shell` is what a shell does before it becomes the program.
    /// `terminal` is what standard error is instead of a file, and all three where a person sits there.
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
            // Of a bot's token the first part is its public number.
            if let secret = environment[key]?.split(separator: ":").last { UsedSecrets.add(secret) }
        }
        let output = try Capture(folder.appending(path: "output-\(UUID().uuidString)"))
        let errors = try Capture(folder.appending(path: "errors-\(UUID().uuidString).log"))
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

    /// Waits for its end; for one caller.
    func ended() async -> End {
        await end.first { _ in true } ?? End(code: -1, output: "", errors: "")
    }

    /// Where the build has put the programs and these tests: `.build/debug` and its like.
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

/// A file that takes what a process prints: unlike a pipe it never fills.
private struct Capture: Sendable {
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

/// A folder that is gone after `body`, and no log in which may hold a secret.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "okai-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let value = try await body(folder)
    try UsedSecrets.check(logsBelow: folder)
    return value
}
