import Foundation
import Glibc

/// Runs a command of the owner once, reads the command's output line by line, and finally kills its whole process
/// group.
struct CommandProcess {
    enum End: Equatable, CustomStringConvertible {
        case exited(Int32)
        case killed(by: Int32)

        var description: String {
            switch self {
            case .exited(let code): "ended with code \(code)"
            case .killed(let signal): "was killed by signal \(signal)"
            }
        }
    }

    /// Why the command did not start.
    struct StartError: Error, CustomStringConvertible {
        let description: String
    }

    /// The time from SIGTERM to SIGKILL for a cancelled command that does not end.
    private static let terminationGrace = Duration.seconds(5)

    private let process = Process()
    private let output = Pipe()

    /// `command` is the program and its arguments; a program without a slash is looked up in `PATH`.
    ///
    /// `environment` must contain the path of `folder`: if this worker is killed, the local engine finds the command's
    /// processes by that path.
    init(_ command: [String], in folder: WorkFolder, environment: [String: String]) {
        let isPath = command[0].contains("/")
        process.executableURL = URL(filePath: isPath ? command[0] : "/usr/bin/env")
        process.arguments = isPath ? Array(command.dropFirst()) : command
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, output)
    }

    /// Runs the command once, and blocks the thread until the command ends.
    ///
    /// `onLine` gets every line of standard output and standard error that is not blank.
    ///
    /// - Throws: ``StartError``; `CancellationError` if `isCancelled` returns true, after the command's process group
    ///   was killed.
    func run(isCancelled: () -> Bool, onLine: (String) -> Void) throws -> End {
        do {
            try startWithSignalsUnblocked()
        } catch {
            throw StartError(
                description:
                    "cannot start \(process.executableURL?.path() ?? ""): \(error.localizedDescription)"
            )
        }
        // The command leads a process group. This kills the processes of the group that the command left running.
        defer { kill(-process.processIdentifier, SIGKILL) }
        try output.fileHandleForWriting.close()  // The command has its own copy.
        var splitter = LineSplitter()
        func pass(_ lines: [String]) {
            for line in lines where !line.allSatisfy(\.isWhitespace) { onLine(line) }
        }
        while let bytes = output.fileHandleForReading.next(while: { process.isRunning }) {
            if isCancelled() { throw stop() }
            pass(splitter.add(bytes))
        }
        pass(splitter.end())
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? .exited(status) : .killed(by: status)
    }

    /// Starts the process with no signal blocked.
    ///
    /// A process inherits the signal mask of the thread that starts it, and Dispatch's threads block nearly all
    /// signals. With that mask, a shell would miss the end of its children, and SIGTERM would not end the command.
    private func startWithSignalsUnblocked() throws {
        var (none, former) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try process.run()
    }

    /// Sends SIGTERM to the process group, waits until the command ends or the grace period is over, and sends SIGKILL.
    ///
    /// Returns the error to throw.
    private func stop() -> CancellationError {
        kill(-process.processIdentifier, SIGTERM)
        let end = ContinuousClock.now + Self.terminationGrace
        // This loop polls because waitpid has no time limit. It blocks only the thread of this command.
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        kill(-process.processIdentifier, SIGKILL)
        return CancellationError()
    }
}

extension FileHandle {
    /// The bytes that arrive within 100 ms; empty if none arrive.
    ///
    /// Nil at the end of the output. Also nil if `alive` returns false and no bytes are left: a process that outlives
    /// the command may keep the pipe open.
    fileprivate func next(while alive: () -> Bool) -> Data? {
        let isAlive = alive()
        var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, isAlive ? 100 : 0) > 0 else { return isAlive ? Data() : nil }
        let bytes = availableData
        return bytes.isEmpty ? nil : bytes
    }
}
