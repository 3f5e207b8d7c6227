import Foundation
import Glibc

/// One run of a command that the owner chose: heard line by line, and ended with all that it has started.
struct CommandRun {
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

    /// Why it did not even begin.
    struct CannotStart: Error, CustomStringConvertible {
        let description: String
    }

    /// How long it may take to end once it was asked to.
    private static let farewell = Duration.seconds(5)

    private let process = Process()
    private let output = Pipe()

    /// Of the program and the arguments of `command`, in `folder`; a program without a path is looked up.
    ///
    /// The environment must name the folder: by that the engine knows what is left of it where this process is killed.
    init(_ command: [String], in folder: WorkFolder, environment: [String: String]) {
        let isPath = command[0].contains("/")
        process.executableURL = URL(filePath: isPath ? command[0] : "/usr/bin/env")
        process.arguments = isPath ? Array(command.dropFirst()) : command
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, output)
    }

    /// Runs it to its end, once; blocks the thread.
    ///
    /// `hear` gets every line of its output that is not blank.
    ///
    /// - Throws: ``CannotStart``; `CancellationError` once `isCancelled`, when nothing of it runs any more.
    func run(isCancelled: () -> Bool, hear: (String) -> Void) throws -> End {
        do {
            try startUnblocked()
        } catch {
            throw CannotStart(
                description:
                    "cannot start \(process.executableURL?.path() ?? ""): \(error.localizedDescription)"
            )
        }
        // It leads a process group: what it started ends with it, however it ends.
        defer { kill(-process.processIdentifier, SIGKILL) }
        try output.fileHandleForWriting.close()  // the command has its own
        var lines = LineCollector()
        func pass(_ texts: [String]) {
            for text in texts where !text.allSatisfy(\.isWhitespace) { hear(text) }
        }
        while let bytes = output.fileHandleForReading.next(while: { process.isRunning }) {
            if isCancelled() { throw stopped() }
            pass(lines.add(bytes))
        }
        pass(lines.end())
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? .exited(status) : .killed(by: status)
    }

    /// Starts it with no signal blocked.
    ///
    /// A process inherits that from the thread that starts it, and threads of ours block nearly all: a shell would never
    /// hear that its own children have ended, and nothing would hear that it is to end.
    private func startUnblocked() throws {
        var (none, former) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try process.run()
    }

    /// Asks it to end, and makes it.
    private func stopped() -> CancellationError {
        kill(-process.processIdentifier, SIGTERM)
        let end = ContinuousClock.now + Self.farewell
        // The thread is this command's alone, and there is nothing to wait on that has a limit.
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        kill(-process.processIdentifier, SIGKILL)
        return CancellationError()
    }
}

extension FileHandle {
    /// What can be read within a moment, perhaps nothing; nil at the end, also once nobody is `alive` and nothing is left.
    fileprivate func next(while alive: () -> Bool) -> Data? {
        let isAlive = alive()
        var descriptor = pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, isAlive ? 100 : 0) > 0 else { return isAlive ? Data() : nil }
        let bytes = availableData
        return bytes.isEmpty ? nil : bytes
    }
}
