import Foundation
import Glibc

/// One run of somebody's command: heard line by line, and ended with all that it started when the task is cancelled.
struct CommandRun: Sendable {
    enum End: Equatable, CustomStringConvertible {
        case exited(Int32)
        case killed(by: Int32)

        var description: String {
            switch self {
            case .exited(let code): "ended with \(code)"
            case .killed(let signal): "was killed by signal \(signal)"
            }
        }
    }

    private let command: [String]
    private let folder: String

    /// Runs the program and the arguments of `command` in `folder`.
    init(_ command: [String], in folder: String) {
        self.command = command
        self.folder = folder
    }

    /// Runs it to its end; `hear` gets every line of its output, standard error among it.
    func run(_ hear: @escaping @Sendable (String) -> Void) async throws -> End {
        let (pid, output) = try spawn()
        return try await withTaskCancellationHandler {
            let status = await withCheckedContinuation { continuation in
                // A thread of its own: it waits for the command as long as that takes.
                Thread.detachNewThread {
                    Self.read(output, hear)
                    var status: Int32 = 0
                    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                    continuation.resume(returning: status)
                }
            }
            try Task.checkCancellation()
            let signal = status & 0x7f
            return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(by: signal)
        } onCancel: {
            kill(-pid, SIGTERM)
            // Whatever does not listen.
            DispatchQueue.global().asyncAfter(deadline: .now() + 2) { kill(-pid, SIGKILL) }
        }
    }

    private static func read(_ descriptor: Int32, _ hear: (String) -> Void) {
        defer { close(descriptor) }
        guard let file = fdopen(dup(descriptor), "r") else { return }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while true {
            let count = getline(&line, &capacity, file)
            guard count > 0, let line else { return }
            let bytes = UnsafeRawBufferPointer(start: line, count: count)
            let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            if !text.isEmpty { hear(text) }
        }
    }

    /// Starts it as the leader of a process group, with its output in a pipe and nothing to read.
    ///
    /// By `OKAI_WORK` the engine knows what is left of it where this process is killed.
    private func spawn() throws -> (pid: pid_t, output: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw WorkerError.buildFailed(Self.systemError(errno)) }
        defer { close(ends[1]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
        var arguments =
            (["/usr/bin/env", "-C", folder, "OKAI_WORK=\(folder)"] + command).map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, &arguments, environ)
        guard code == 0 else {
            close(ends[0])
            throw WorkerError.buildFailed("cannot start \(command[0]): \(Self.systemError(code))")
        }
        return (pid, ends[0])
    }

    private static func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }
}
