import Contract
import Engines
import Foundation
import Glibc
import Jobs
import Support
import Testing

@Suite("Processes of killed workers", .timeLimit(.minutes(10)))
struct OrphanedProcessTests {
    @Test("a sweep ends programs of killed workers, and no others")
    func swept() async throws {
        try await withTemporaryFolder { folder in
            let engine = LocalEngine(worker: "/bin/false", folder: "\(folder)/work")
            let orphan = try await program(in: "\(folder)/work/job-1-abc", orphaned: true)
            let kept = try await program(in: "\(folder)/work/job-2-abc", orphaned: false)
            let stranger = try await program(in: "\(folder)/elsewhere/job-3-abc", orphaned: true)
            defer { for sleeper in [orphan, kept, stranger] { sleeper.end() } }
            await engine.sweep(keeping: [2])
            try await eventually("the orphan is gone") { !orphan.isRunning }
            #expect(kept.isRunning && stranger.isRunning)
        }
    }

    @Test("a stop of a dead worker ends the programs that it had started")
    func stopped() async throws {
        try await withTemporaryFolder { folder in
            let engine = LocalEngine(worker: "/bin/false", folder: "\(folder)/work")
            let orphan = try await program(in: "\(folder)/work/job-1-abc", orphaned: true)
            defer { orphan.end() }
            let gone = ProcessIdentity(pid: orphan.leader, started: 1)
            try await engine.stop(String(decoding: try Wire.encode(gone), as: UTF8.self))
            try await eventually("the orphan is gone") { !orphan.isRunning }
        }
    }

    /// A program that a worker has started.
    private struct SleepingProgram {
        let leader: Int32
        let pid: Int32
        var isRunning: Bool {
            let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self).hasPrefix("sleep")
        }

        func end() { if isRunning { kill(pid, SIGKILL) } }
    }

    /// Starts a program like a worker in `folder`; with `orphaned`, kills the worker.
    private func program(in folder: String, orphaned: Bool) async throws -> SleepingProgram {
        let pids = FileManager.default.temporaryDirectory.appending(path: "pids-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: pids) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        // The program ends by itself later than any wait of these tests.
        let script = """
            HOME=\(folder) sleep 600 & echo $$ $! >\(pids.path()).part; mv \(pids.path()).part \(pids.path())
            \(orphaned ? "kill -9 $$" : "wait")
            """
        process.arguments = ["--fork", "sh", "-c", script]
        try process.run()
        try await eventually("the program has started") {
            FileManager.default.fileExists(atPath: pids.path())
        }
        let words = try String(contentsOf: pids, encoding: .utf8).split { " \n".contains($0) }
        let numbers = words.compactMap { Int32($0) }
        let sleeper = SleepingProgram(leader: try #require(numbers.first), pid: try #require(numbers.last))
        try await eventually("it sleeps") { sleeper.isRunning }
        if orphaned { #expect(await ProcessExit.wait(for: sleeper.leader)) }
        return sleeper
    }
}
