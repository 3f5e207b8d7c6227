package import Contract
import Foundation

/// The status of a process on this machine, from `/proc/<pid>/stat`.
struct ProcessStatus {
    /// Whether the process has ended, and its parent has not reaped it yet.
    let isZombie: Bool
    /// The id of its session, which is the process id of the session's leader.
    let session: Int32
    /// The start time, in clock ticks since the machine booted.
    let started: UInt64

    /// Nil if there is no such process.
    init?(_ pid: Int32) {
        guard let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
        // The name in parentheses may contain blanks and parentheses, so fields are counted from the end of the name.
        let text = String(decoding: stat, as: UTF8.self)
        guard let nameEnd = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 19, let session = Int32(fields[3]), let started = UInt64(fields[19]) else {
            return nil
        }
        (isZombie, self.session, self.started) = (fields[0] == "Z", session, started)
    }
}

extension ProcessStatus {
    /// The ids of all processes on this machine.
    static var pids: [Int32] {
        // `/proc` is always readable.
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// The ids of the processes in the session that `leader` leads.
    static func session(_ leader: Int32) -> [Int32] {
        pids.filter { ProcessStatus($0)?.session == leader }
    }
}

extension ProcessIdentity {
    /// Whether this process still runs; a later process with the same id does not count.
    package var isAlive: Bool {
        guard let status = ProcessStatus(pid) else { return false }
        return !status.isZombie && status.started == started
    }
}
