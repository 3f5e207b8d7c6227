import Foundation
import Glibc

/// Programs that workers had started and that outlived them, because a worker was killed and could not end them.
///
/// They are known by two things together: a folder of a job's in the environment that the worker gave them, and a
/// session that nobody leads any more. A process id that was given out anew is therefore never mistaken for one.
struct Orphans {
    /// What stands in their environment: where work folders lie.
    private let mark: Data

    /// Those of workers whose folders lie below `folder`.
    init(below folder: String) {
        mark = Data("=\(folder)/job-".utf8)
    }

    func kill() {
        for pid in pids() { Glibc.kill(pid, SIGKILL) }
    }

    private func pids() -> [Int32] {
        ProcessStatus.pids.filter { pid in
            // What cannot be read is gone, or not ours.
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ"),
                environment.range(of: mark) != nil, let status = ProcessStatus(pid)
            else { return false }
            return ProcessStatus(status.session)?.isZombie ?? true
        }
    }
}
