import Contract
import Foundation
import Glibc
import Jobs
import Support
import Testing

/// The contract of every engine.
@Suite("Every engine", .timeLimit(.minutes(10)))
struct EngineConformanceTests {
    @Test("two starts with the same key start one worker", arguments: EngineCase.all)
    func once(_ engineCase: EngineCase) async throws {
        try await engineCase.run { running in
            let first = try await running.engine.start(.some, as: .first)
            let again = try await running.engine.start(.some, as: .first)
            #expect(first == again)
            #expect(try await running.engine.list() == [.first: first])
            #expect(try running.workerCount() == 1)
            let other = try await running.engine.start(.some, as: .second)
            #expect(other != first)
            #expect(try running.workerCount() == 2)
        }
    }

    @Test(
        "a running worker is alive, a killed one is lost, and an unknown handle is not alive",
        arguments: EngineCase.all
    )
    func status(_ engineCase: EngineCase) async throws {
        try await engineCase.run { running in
            let handle = try await running.engine.start(.some, as: .first)
            #expect(await running.engine.status(of: handle) == .alive)
            try await running.kill(handle)
            #expect(await running.engine.status(of: handle) == .lost)
            #expect(await running.engine.status(of: "nonsense") != .alive)
        }
    }

    @Test("a stop may be repeated, and no worker is left", arguments: EngineCase.all)
    func stop(_ engineCase: EngineCase) async throws {
        try await engineCase.run { running in
            let handle = try await running.engine.start(.some, as: .first)
            for _ in 0..<3 { try await running.engine.stop(handle) }
            #expect(await running.engine.status(of: handle) == .lost)
            #expect(try await running.engine.list() == [:])
            #expect(try running.workerCount() == 0)
        }
    }

    @Test(
        "a new engine finds the workers that an earlier one has started",
        arguments: EngineCase.all
    )
    func orphans(_ engineCase: EngineCase) async throws {
        try await engineCase.run { running in
            let handle = try await running.engine.start(.some, as: .first)
            let other = try await running.engine.start(.some, as: .second)
            try await running.kill(other)
            let fresh = try running.makeAgain()
            #expect(try await fresh.list() == [.first: handle])
            #expect(await fresh.status(of: handle) == .alive)
            try await fresh.stop(handle)
            #expect(try running.workerCount() == 0)
        }
    }

    @Test("no token is in the arguments or the environment of a process", arguments: EngineCase.all)
    func secrets(_ engineCase: EngineCase) async throws {
        try await engineCase.run { running in
            _ = try await running.engine.start(.some, as: .first)
            for text in try running.publicTexts() { #expect(!text.contains(Launch.some.launchToken)) }
        }
    }
}

extension Launch {
    static let some = Launch(bot: "http://127.0.0.1:1", job: 7, launchToken: "secret-launch-token")
}

extension WorkerKey {
    static let first = WorkerKey(job: 7, attempt: 1, rescues: 0)
    static let second = WorkerKey(job: 7, attempt: 1, rescues: 1)
}
