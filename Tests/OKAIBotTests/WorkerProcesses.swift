import Foundation
import Glibc

/// The worker processes of one bot, by `/proc`.
struct WorkerProcesses: Sendable {
    /// A running worker.
    struct Worker: Equatable, Sendable {
        let pid: Int32
        /// The job whose files the worker has open.
        let job: Int64?
    }

    /// The standard output of the workers, by which they are found.
    private let log: String
    /// The beginning of their work folders, as in the environment of their children.
    private let mark: Data

    /// The workers of the bot with the data folder `folder`.
    init(data folder: URL) {
        let work = folder.resolvingSymlinksInPath().appending(path: "work").path()
        (log, mark) = ("\(work)/worker.log", Data("=\(work)/job-".utf8))
    }

    /// Whether no worker and none of its children runs.
    var areGone: Bool {
        all().isEmpty
            && !Self.names(in: "/proc").contains { name in
                FileManager.default.contents(atPath: "/proc/\(name)/environ")?.range(of: mark) != nil
            }
    }

    func all() -> [Worker] {
        Self.names(in: "/proc").compactMap { Int32($0) }.compactMap { pid in
            guard Self.target("/proc/\(pid)/fd/1") == log else { return nil }
            return Worker(pid: pid, job: job(of: pid))
        }
    }

    func kill(_ worker: Worker) {
        Glibc.kill(worker.pid, SIGKILL)
    }

    /// The job of a worker: its work folder has the id in its name.
    private func job(of pid: Int32) -> Int64? {
        let open = Self.names(in: "/proc/\(pid)/fd").compactMap { Self.target("/proc/\(pid)/fd/\($0)") }
        let mapped = FileManager.default.contents(atPath: "/proc/\(pid)/maps") ?? Data()
        let text = open.joined(separator: "\n") + String(decoding: mapped, as: UTF8.self)
        return text.firstMatch(of: /\/work\/job-(\d+)-/).flatMap { Int64($0.1) }
    }

    // Any process may end between two of these reads.
    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func target(_ link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }
}
