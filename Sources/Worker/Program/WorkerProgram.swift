import Contract
import Foundation
import Glibc

/// The program `okai-worker`.
///
/// Its first argument is a verb; most verbs read a ``WorkerRequest`` from standard input.
package enum WorkerProgram {
    /// Does what `arguments` ask, and returns the exit code: 0 done, 1 failed, 2 wrong usage.
    package static func run(_ arguments: [String]) async -> Int32 {
        // People run these verbs as verbs of `okaibot`, so error messages begin with that name.
        let isVerbOfBot = ["train", "predict", "verify"].contains(arguments.first)
        func printError(_ message: String) {
            let program = isVerbOfBot ? "okaibot" : "okai-worker"
            StandardError.write("\(program): \(message)\n")
        }
        do {
            return try await perform(arguments.first ?? "", Array(arguments.dropFirst())) ? 0 : 1
        } catch let error as WorkerError {
            printError("\(error)")
            return error.isWrongUsage ? 2 : 1
        } catch let error as OutputError {
            if error.sentence != nil { printError("\(error)") }
            return error.exitCode
        } catch is CancellationError {
            printError("cancelled")
            return 1
        } catch let error as CocoaError {
            printError(error.localizedDescription)
            return 1
        } catch {
            printError("\(error)")
            return 1
        }
    }

    private static func perform(_ word: String, _ operands: [String]) async throws -> Bool {
        switch word {
        case "boot":
            let settings = try BootSettings.first(in: operands.first ?? "/run/okai/settings")
            return try await withStopSignal(SIGTERM) { try await BootVerb(settings).run(until: $0) }
        case "relay":
            try TCPRelay(operands).run()
            return true
        default:
            guard let verb = WorkerRequest.Verb(rawValue: word) else { throw WorkerError.unknownVerb(word) }
            return try await perform(read(verb))
        }
    }

    private static func perform(_ request: WorkerRequest) async throws -> Bool {
        switch request {
        case .launch(let launch, let log):
            let identity = try DetachedWorker.start(launch, log: log)
            try StandardOutput.appendLine(String(decoding: try Wire.encode(identity), as: UTF8.self))
            return true
        case .run(let launch):
            // A signal for the bot's whole service, as `systemctl kill` sends it, must end no training.
            HarmlessSignals.survive()
            return try await withStopSignal(SIGTERM) { try await JobExecution(launch).run(until: $0) }
        case .train(let request):
            return try await withStopSignal(SIGINT, SIGTERM) { stop in
                try await stop.cancelling { try await TrainVerb(request).run() }
                return true
            }
        case .verify(let request):
            return try await withStopSignal(SIGINT, SIGTERM) { stop in
                try await stop.cancelling { try await VerifyVerb(request).run() }
            }
        case .predict(let request):
            try PredictVerb(request).run()
            return true
        }
    }

    private static func read(_ verb: WorkerRequest.Verb) throws -> WorkerRequest {
        let input = FileHandle.standardInput.readDataToEndOfFile()
        do {
            return try WorkerRequest(verb, from: input)
        } catch {
            // The decoding error may quote a token, so it is not shown.
            throw WorkerError.unreadableRequest("the JSON of a \(verb.rawValue) request")
        }
    }

    /// Runs `body` with a stop signal that is raised when this process receives one of the signals `numbers`.
    private static func withStopSignal(
        _ numbers: Int32...,
        body: (StopSignal) async throws -> Bool
    ) async throws -> Bool {
        let (stop, sources) = StopSignal.onProcessSignals(numbers)
        defer { withExtendedLifetime(sources) {} }
        return try await body(stop)
    }
}
