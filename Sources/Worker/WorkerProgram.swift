import Contract
import Dispatch
import Foundation
import Glibc

/// The whole program `okai-worker`: one verb as its argument, one JSON request on standard input.
package enum WorkerProgram {
    private struct LaunchRequest: Decodable {
        let launch: Launch
        let log: String?
    }

    /// Does what `arguments` ask, and returns the exit code: 0 done, 1 failed, 2 wrong usage.
    package static func run(_ arguments: [String]) async -> Int32 {
        do {
            return try await perform(arguments.first ?? "") ? 0 : 1
        } catch let error as WorkerError {
            complain(error)
            if case .cannotStart = error { return 1 }
            return 2
        } catch is CancellationError {
            complain("cancelled")
            return 1
        } catch {
            complain(error)
            return 1
        }
    }

    private static func perform(_ verb: String) async throws -> Bool {
        switch verb {
        case "launch":
            let request = try request(LaunchRequest.self)
            let identity = try Launcher.start(request.launch, log: request.log)
            print(String(decoding: try Wire.encode(identity), as: UTF8.self))
            return true
        case "run":
            return try await JobExecution(try request(Launch.self)).run(
                terminations: Signals.stream([SIGTERM])
            )
        case "train":
            return try await interruptibly(TrainVerb(try request(TrainVerb.Request.self)).run)
        case "predict":
            try PredictVerb(try request(PredictVerb.Request.self)).run()
            return true
        default:
            throw WorkerError.unknownVerb(verb)
        }
    }

    /// Runs `work` so that Ctrl-C cancels it, and it can clean up.
    private static func interruptibly(
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                for await _ in Signals.stream([SIGINT, SIGTERM]) { throw CancellationError() }
                return false
            }
            let done = try await group.next() ?? false
            group.cancelAll()
            return done
        }
    }

    private static func request<Request: Decodable>(_ type: Request.Type) throws -> Request {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        do {
            return try Wire.decode(type, from: input)
        } catch {
            throw WorkerError.unreadableRequest("\(type)")
        }
    }

    private static func complain(_ what: Any) {
        FileHandle.standardError.write(Data("okai-worker: \(what)\n".utf8))
    }
}

/// Signals as a stream, instead of the end that they would mean.
enum Signals {
    static func stream(_ signals: [Int32]) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let sources = signals.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield() }
                source.resume()
                return SignalSource(source)
            }
            continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
        }
    }
}

/// Keeps a signal's source alive until nobody listens any more.
private struct SignalSource: @unchecked Sendable {
    // @unchecked Sendable because dispatch objects may be used from any thread; Linux' Dispatch does not say so.
    private let source: any DispatchSourceSignal

    init(_ source: any DispatchSourceSignal) { self.source = source }

    func cancel() { source.cancel() }
}
