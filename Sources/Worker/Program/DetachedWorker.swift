import Contract
import Foundation
import Glibc

/// Starts a worker that outlives this process, in a session of its own and with no open files but the standard streams.
enum DetachedWorker {
    /// Spawns `okai-worker run` with `launch` on its standard input, and returns the identity of that process.
    ///
    /// The worker's output is appended to the file at `log`; nil: the output is discarded.
    ///
    /// - Throws: ``WorkerError/cannotStart(_:)``; the errors of `Wire.encode(_:)`; the errors of Foundation if files in
    ///   `/proc` cannot be read.
    static func start(_ launch: Launch, log: String?) throws -> ProcessIdentity {
        let (input, output) = try makePipe()
        defer { close(input) }
        // A pipe holds 64 KiB by default, so the write does not wait for a reader.
        try writeAndClose(try Wire.encode(launch), to: output)
        try closeAtExec()
        let pid = try spawn(input: input, log: log ?? "/dev/null")
        return try ProcessIdentity(of: pid)
    }

    private static func makePipe() throws -> (input: Int32, output: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw WorkerError.cannotStart(systemError()) }
        return (ends[0], ends[1])
    }

    /// Marks every descriptor except the standard three as not inherited by child processes.
    private static func closeAtExec() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            guard let descriptor = Int32(name), descriptor > 2 else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func writeAndClose(_ bytes: [UInt8], to descriptor: Int32) throws {
        defer { close(descriptor) }
        guard bytes.count < 60_000, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw WorkerError.cannotStart("cannot write the launch to a pipe")
        }
    }

    private static func spawn(input: Int32, log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        let setSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift does not import
        posix_spawnattr_setflags(
            &attributes,
            Int16(setSession | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        )
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(executable), strdup("run"), nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw WorkerError.cannotStart(String(cString: strerror(code))) }
        return pid
    }

    private static func systemError() -> String { String(cString: strerror(errno)) }
}

extension ProcessIdentity {
    /// The running process with this id.
    fileprivate init(of pid: Int32) throws {
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in parentheses may contain spaces and parentheses, so fields are counted from the last parenthesis.
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        guard fields.count > 20, let started = UInt64(fields[20]) else {
            throw WorkerError.cannotStart("cannot read /proc/\(pid)/stat")
        }
        self.init(pid: pid, started: started)
    }
}
