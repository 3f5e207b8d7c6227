import Contract
import Foundation

/// One of the owner's training commands: gets an input folder and an output folder, and prints lines.
///
/// The command gets the paths of both folders as arguments, and again in its environment. Of the worker's environment
/// it gets only `PATH`, `LANG` and `TZ`. A line that begins with a percentage, such as `42% epoch 3 of 7`, is progress;
/// every other line goes to the log.
struct TrainingCommand: Sendable {
    /// One line of the command's output.
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

    let name: String
    let path: String

    /// Finds the command `name` among `commands`; by default, these are the commands of this machine's owner.
    ///
    /// - Throws: ``TrainingCommandError/unknown(_:)``.
    init(_ name: String, among commands: TrainingCommands = .ofThisMachine) throws(TrainingCommandError) {
        guard let path = commands[name] else { throw .unknown(commands.unknownCommand(name)) }
        (self.name, self.path) = (name, path)
    }

    /// Runs the command in `folder`, which must hold the folders `in` and `out`; blocks the thread until the command
    /// ends.
    ///
    /// - Throws: ``TrainingCommandError``, ``CommandProcess/StartError``; `CancellationError` if `isCancelled` returns
    ///   true, after the command's process group was killed.
    func run(in folder: WorkFolder, isCancelled: () -> Bool, onLine: (Line) -> Void) throws {
        let command = [path, folder.file("in"), folder.file("out")]
        let process = CommandProcess(command, in: folder, environment: environment(folder))
        var lastLine = ""
        let end = try process.run(isCancelled: isCancelled) { text in
            lastLine = text
            onLine(Line(text))
        }
        guard end == .exited(0) else { throw TrainingCommandError.failed(name, end, lastLine: lastLine) }
    }

    private func environment(_ folder: WorkFolder) -> [String: String] {
        let inherited = ProcessInfo.processInfo.environment
        var environment = ["HOME": folder.path, "TMPDIR": folder.path, "OKAI_IN": folder.file("in")]
        environment["OKAI_OUT"] = folder.file("out")
        environment["PYTHONUNBUFFERED"] = "1"
        for name in ["PATH", "LANG", "TZ"] { environment[name] = inherited[name] }
        return environment
    }
}

extension TrainingCommands {
    /// The commands that the worker's environment names.
    static var ofThisMachine: TrainingCommands {
        TrainingCommands(ProcessInfo.processInfo.environment[variable] ?? "") ?? TrainingCommands()
    }
}
