import Contract
import Engines
import Foundation
import Glibc
import Jobs
import Support
import Testing

@Suite("What a killed worker leaves behind", .timeLimit(.minutes(10)))
struct OrphansTests {
    @Test("a program whose worker was killed ends with the next look, the living are left alone")
    func tidied() async throws {
        try await withTemporaryFolder { folder in
            let engine = LocalEngine(worker: "/bin/false", folder: "\(folder)/work")
            let orphan = try await program(in: "\(folder)/work/job-1-abc", orphaned: true)
            let cared = try await program(in: "\(folder)/work/job-2-abc", orphaned: false)
            let stranger = try await program(in: "\(folder)/elsewhere/job-3-abc", orphaned: true)
            defer { for sleeper in [orphan, cared, stranger] { sleeper.end() } }
            await engine.sweep(keeping: [2])
            try await eventually("the orphan is gone") { !orphan.isThere }
            #expect(cared.isThere && stranger.isThere)
        }
    }

    @Test("whoever stops a worker that is dead already ends what it had started")
    func stopped() async throws {
        try await withTemporaryFolder { folder in
            let engine = LocalEngine(worker: "/bin/false", folder: "\(folder)/work")
            let orphan = try await program(in: "\(folder)/work/job-1-abc", orphaned: true)
            defer { orphan.end() }
            let gone = ProcessIdentity(pid: orphan.leader, started: 1)
            try await engine.stop(String(decoding: try Wire.encode(gone), as: UTF8.self))
            try await eventually("the orphan is gone") { !orphan.isThere }
        }
    }

    /// A program of a worker's.
    private struct Sleeper {
        let leader: Int32
        let pid: Int32
        var isThere: Bool {
            let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self).hasPrefix("sleep")
        }

        func end() { if isThere { kill(pid, SIGKILL) } }
    }

    /// Starts a program as a worker would that works in `folder`; with `orphaned`, the worker is killed then.
    private func program(in folder: String, orphaned: Bool) async throws -> Sleeper {
        let pids = FileManager.default.temporaryDirectory.appending(path: "pids-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: pids) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        // By itself it ends later than anyone here waits.
        let script = """
            HOME=\(folder) sleep 600 & echo $$ $! >\(pids.path()).part; mv \(pids.path()).part \(pids.path())
            \(orphaned ? "kill -9 $$" : "wait")
            """
        process.arguments = ["--fork", "sh", "-c", script]
        try process.run()
        try await eventually("the program is there") { FileManager.default.fileExists(atPath: pids.path()) }
        let words = try String(contentsOf: pids, encoding: .utf8).split { " \n".contains($0) }
        let numbers = words.compactMap { Int32($0) }
        let sleeper = Sleeper(leader: try #require(numbers.first), pid: try #require(numbers.last))
        try await eventually("it sleeps") { sleeper.isThere }
        if orphaned { #expect(await ProcessExit.wait(for: sleeper.leader)) }
        return sleeper
    }
}
