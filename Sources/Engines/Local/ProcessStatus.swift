package import Contract
import Foundation

/// A process of this machine as `/proc` shows it; nil where there is none.
struct ProcessStatus {
    /// Ended, and only waiting to be reaped.
    let isZombie: Bool
    /// The process id of whoever leads its session.
    let session: Int32
    /// Clock ticks since the machine started.
    let started: UInt64

    init?(_ pid: Int32) {
        guard let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
        // The name in parentheses may hold anything, so fields are counted from its end.
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
    /// All processes that there are; what ends meanwhile is among them or not.
    static var pids: [Int32] {
        // Always readable.
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    }

    /// The processes of the session that `leader` leads.
    static func session(_ leader: Int32) -> [Int32] {
        pids.filter { ProcessStatus($0)?.session == leader }
    }
}

extension ProcessIdentity {
    /// Whether this very process is there and not merely waiting to be reaped.
    package var isAlive: Bool {
        guard let status = ProcessStatus(pid) else { return false }
        return !status.isZombie && status.started == started
    }
}
