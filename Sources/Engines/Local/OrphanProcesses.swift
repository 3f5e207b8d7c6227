import Foundation
import Glibc

/// Processes that a worker started and that still run although the worker was killed.
///
/// Two properties together identify them, so that a reused process id is never killed: their environment contains the
/// path of a work folder, and their session, which the worker led, has no leader any more.
struct OrphanProcesses {
    /// The beginning of the value of an environment variable that holds the path of a work folder.
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
