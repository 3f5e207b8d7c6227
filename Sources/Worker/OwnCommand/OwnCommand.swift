import Contract
import Foundation

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
    /// - Throws: ``OwnCommandError``, ``CommandRun/CannotStart``; `CancellationError` once `isCancelled`, when nothing of
    ///   it runs any more.
    func run(in folder: WorkFolder, isCancelled: () -> Bool, onLine: (Line) -> Void) throws {
        let command = [path, folder.file("in"), folder.file("out")]
        let run = CommandRun(command, in: folder, environment: environment(folder))
        var last = ""
        let end = try run.run(isCancelled: isCancelled) { text in
            last = text
            onLine(Line(text))
        }
        guard end == .exited(0) else { throw OwnCommandError.failed(name, end, last: last) }
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
