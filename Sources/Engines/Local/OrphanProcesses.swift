import Foundation
import Glibc

/// Processes that a worker started and that still run although the worker was killed.
///
/// A process is an orphan if its environment contains the path of a work folder, and its session's leader, the worker,
/// does not run any more. Both are checked, because the system may give the id of an ended process to another one.
struct OrphanProcesses {
    /// The bytes that come before the job's number in an environment: `=` and the beginning of a work folder's path.
    private let mark: Data

    /// The orphans of workers whose work folders are in `folder`.
    init(below folder: String) {
        mark = Data("=\(folder)/job-".utf8)
    }

    func kill() {
        for pid in pids() { Glibc.kill(pid, SIGKILL) }
    }

    private func pids() -> [Int32] {
        ProcessStatus.pids.filter { pid in
            // A process whose environment cannot be read has ended, or belongs to another user.
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ"),
                environment.range(of: mark) != nil, let status = ProcessStatus(pid)
            else { return false }
            return ProcessStatus(status.session)?.isZombie ?? true
        }
    }
}
