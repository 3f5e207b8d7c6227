import Foundation
import Glibc

/// The workers of one bot as the machine sees them, whatever the bot itself believes.
struct WorkerWatch: Sendable {
    /// A worker that is there now.
    struct Sighting: Equatable, Sendable {
        let pid: Int32
        /// The job whose files it has open; nil while it has none.
        let job: Int64?
    }

    /// Where the bot's workers print: what tells them from all other processes.
    private let log: String
    /// Where they work, as it stands in the environment of what they start.
    private let mark: Data

    /// Watches the workers of the bot whose data lie in `folder`.
    init(data folder: URL) {
        let work = folder.resolvingSymlinksInPath().appending(path: "work").path()
        (log, mark) = ("\(work)/worker.log", Data("=\(work)/job-".utf8))
    }

    /// Whether no worker is there, nor anything that one has started.
    var isQuiet: Bool {
        workers().isEmpty
            && !Self.names(in: "/proc").contains { name in
                FileManager.default.contents(atPath: "/proc/\(name)/environ")?.range(of: mark) != nil
            }
    }

    func workers() -> [Sighting] {
        Self.names(in: "/proc").compactMap { Int32($0) }.compactMap { pid in
            guard Self.target("/proc/\(pid)/fd/1") == log else { return nil }
            return Sighting(pid: pid, job: job(of: pid))
        }
    }

    func kill(_ worker: Sighting) {
        Glibc.kill(worker.pid, SIGKILL)
    }

    /// Work folders are called after their job.
    private func job(of pid: Int32) -> Int64? {
        let open = Self.names(in: "/proc/\(pid)/fd").compactMap { Self.target("/proc/\(pid)/fd/\($0)") }
        let mapped = FileManager.default.contents(atPath: "/proc/\(pid)/maps") ?? Data()
        let text = open.joined(separator: "\n") + String(decoding: mapped, as: UTF8.self)
        return text.firstMatch(of: /\/work\/job-(\d+)-/).flatMap { Int64($0.1) }
    }

    // A process may be gone at any of these looks, and then there is nothing to see.
    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func target(_ link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }
}
