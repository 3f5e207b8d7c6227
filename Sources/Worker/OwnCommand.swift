import Contract
import Foundation
import Glibc

/// The owner's own training command, run once: a folder in, a folder out, lines on standard output.
///
/// It gets the paths of both folders as arguments, and nothing of our environment but where programs and its home are.
/// A line that begins with a percentage is progress, as in `42% epoch 3 of 7`; every other one goes to the log.
struct OwnCommand: Sendable {
    /// What it says while it works.
    enum Line: Equatable, Sendable {
        case progress(fraction: Double, note: String?)
        case log(String)

        init(_ text: String) {
            guard let match = text.prefixMatch(of: /\s*(\d{1,3}(\.\d+)?) ?%[\s|:,]*/),
                let percent = Double(match.1),
                percent <= 100
            else {
                self = .log(text)
                return
            }
            let note = text[match.range.upperBound...].prefix(100)
            self = .progress(fraction: percent / 100, note: note.isEmpty ? nil : String(note))
        }
    }

    /// How long it may take to end once it was asked to.
    private static let farewell = Duration.seconds(5)

    let name: String
    let path: String

    /// The command called `name`, of those that this machine's owner configured.
    ///
    /// - Throws: ``OwnCommandError/unknown(_:)``.
    init(_ name: String, of commands: TrainingCommands = .ofThisMachine) throws(OwnCommandError) {
        guard let path = commands[name] else { throw .unknown(commands.lack(of: name)) }
        (self.name, self.path) = (name, path)
    }

    /// Runs to the end in `folder`, which holds `in` and `out`; blocks the thread.
    ///
    /// - Throws: ``OwnCommandError``; `CancellationError` once `isCancelled`, when nothing of it runs any more.
    func run(in folder: WorkFolder, isCancelled: () -> Bool, onLine: (Line) -> Void) throws {
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = [folder.file("in"), folder.file("out")]
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = environment(folder)
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, output)
        do {
            try startUnblocked(process)
        } catch {
            throw OwnCommandError.cannotStart(path, "\(error.localizedDescription)")
        }
        // It leads a process group: what it started ends with it, however it ends.
        defer { kill(-process.processIdentifier, SIGKILL) }
        try? output.fileHandleForWriting.close()  // the command has its own
        var lines = LineCollector()
        var last = ""
        func pass(_ texts: [String]) {
            for text in texts where !text.allSatisfy(\.isWhitespace) {
                last = text
                onLine(Line(text))
            }
        }
        while let bytes = output.fileHandleForReading.next(while: { process.isRunning }) {
            if isCancelled() { throw stopped(process) }
            pass(lines.add(bytes))
        }
        pass(lines.end())
        process.waitUntilExit()
        guard process.terminationStatus == 0, process.terminationReason == .exit else {
            let isSignal = process.terminationReason == .uncaughtSignal
            throw OwnCommandError.failed(
                name,
                code: process.terminationStatus,
                isSignal: isSignal,
                last: last
            )
        }
    }

    /// Starts it with no signal blocked.
    ///
    /// A process inherits that from the thread that starts it, and threads of ours block nearly all: a shell would never
    /// hear that its own children have ended, and nothing would hear that it is to end.
    private func startUnblocked(_ process: Process) throws {
        var (none, former) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try process.run()
    }

    /// Asks it to end, and makes it.
    private func stopped(_ process: Process) -> CancellationError {
        kill(-process.processIdentifier, SIGTERM)
        let end = ContinuousClock.now + Self.farewell
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        kill(-process.processIdentifier, SIGKILL)
        return CancellationError()
    }

    private func environment(_ folder: WorkFolder) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        var environment = ["HOME": folder.path, "TMPDIR": folder.path, "OKAI_IN": folder.file("in")]
        environment["OKAI_OUT"] = folder.file("out")
        environment["PYTHONUNBUFFERED"] = "1"
        for name in ["PATH", "LANG", "TZ"] { environment[name] = own[name] }
        return environment
    }
}

extension TrainingCommands {
    /// Those that the environment names.
    static var ofThisMachine: TrainingCommands {
        TrainingCommands(ProcessInfo.processInfo.environment[variable] ?? "") ?? TrainingCommands()
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
