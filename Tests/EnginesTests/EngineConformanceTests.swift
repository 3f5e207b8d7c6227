import Contract
import Foundation
import Glibc
import Jobs
import Support
import Testing

/// What every engine must do, whatever its workers are.
@Suite("Every engine", .timeLimit(.minutes(10)))
struct EngineConformanceTests {
    @Test("started twice with the same key, it starts one", arguments: EngineBench.all)
    func once(_ bench: EngineBench) async throws {
        try await bench.run { bench in
            let first = try await bench.engine.start(.some, as: .first)
            let again = try await bench.engine.start(.some, as: .first)
            #expect(first == again)
            #expect(try await bench.engine.list() == [.first: first])
            #expect(try bench.workers() == 1)
            let other = try await bench.engine.start(.some, as: .second)
            #expect(other != first)
            #expect(try bench.workers() == 2)
        }
    }

    @Test(
        "a living worker is alive, a lost one is lost, and an unknown name is not alive",
        arguments: EngineBench.all
    )
    func status(_ bench: EngineBench) async throws {
        try await bench.run { bench in
            let handle = try await bench.engine.start(.some, as: .first)
            #expect(await bench.engine.status(of: handle) == .alive)
            try await bench.lose(handle)
            #expect(await bench.engine.status(of: handle) == .lost)
            #expect(await bench.engine.status(of: "nonsense") != .alive)
        }
    }

    @Test("to stop is the same however often, and leaves nothing", arguments: EngineBench.all)
    func stop(_ bench: EngineBench) async throws {
        try await bench.run { bench in
            let handle = try await bench.engine.start(.some, as: .first)
            for _ in 0..<3 { try await bench.engine.stop(handle) }
            #expect(await bench.engine.status(of: handle) == .lost)
            #expect(try await bench.engine.list() == [:])
            #expect(try bench.workers() == 0)
        }
    }

    @Test(
        "an engine that knows nothing finds what another of its kind has started",
        arguments: EngineBench.all
    )
    func orphans(_ bench: EngineBench) async throws {
        try await bench.run { bench in
            let handle = try await bench.engine.start(.some, as: .first)
            let other = try await bench.engine.start(.some, as: .second)
            try await bench.lose(other)
            let fresh = try bench.again()
            #expect(try await fresh.list() == [.first: handle])
            #expect(await fresh.status(of: handle) == .alive)
            try await fresh.stop(handle)
            #expect(try bench.workers() == 0)
        }
    }

    @Test("no token stands in the arguments or the environment of a process", arguments: EngineBench.all)
    func secrets(_ bench: EngineBench) async throws {
        try await bench.run { bench in
            _ = try await bench.engine.start(.some, as: .first)
            for text in try bench.visible() { #expect(!text.contains(Launch.some.launchToken)) }
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
