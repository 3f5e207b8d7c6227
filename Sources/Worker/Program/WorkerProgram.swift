import Contract
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
        // Those that people call by way of `okaibot` complain as it does.
        let isForPeople = ["train", "predict", "verify"].contains(arguments.first)
        func complain(_ what: Any) {
            FileHandle.standardError.write(Data("\(isForPeople ? "okaibot" : "okai-worker"): \(what)\n".utf8))
        }
        do {
            return try await perform(arguments.first ?? "", Array(arguments.dropFirst())) ? 0 : 1
        } catch let error as WorkerError {
            complain(error)
            switch error {
            case .cannotStart, .noSettings, .buildFailed, .noModel: return 1
            case .unknownVerb, .unreadableRequest, .noReceipt: return 2
            }
        } catch is CancellationError {
            complain("cancelled")
            return 1
        } catch let error as CocoaError {
            complain(error.localizedDescription)
            return 1
        } catch {
            complain(error)
            return 1
        }
    }

    private static func perform(_ verb: String, _ operands: [String]) async throws -> Bool {
        switch verb {
        case "launch":
            let request = try request(LaunchRequest.self)
            let identity = try Launcher.start(request.launch, log: request.log)
            print(String(decoding: try Wire.encode(identity), as: UTF8.self))
            return true
        case "run":
            let (stop, listening) = StopSignal.onProcessSignals([SIGTERM])
            defer { withExtendedLifetime(listening) {} }
            return try await JobExecution(try request(Launch.self)).run(until: stop)
        case "boot":
            let (stop, listening) = StopSignal.onProcessSignals([SIGTERM])
            defer { withExtendedLifetime(listening) {} }
            let settings = try BootSettings.first(in: operands.first ?? "/run/okai/settings")
            return try await BootVerb(settings).run(until: stop)
        case "relay":
            try Relay(operands).run()
            return true
        case "train":
            let verb = TrainVerb(try request(TrainVerb.Request.self))
            let (stop, listening) = StopSignal.onProcessSignals([SIGINT, SIGTERM])
            defer { withExtendedLifetime(listening) {} }
            try await stop.cancels { try await verb.run() }
            return true
        case "verify":
            let verb = VerifyVerb(try request(VerifyVerb.Request.self))
            let (stop, listening) = StopSignal.onProcessSignals([SIGINT, SIGTERM])
            defer { withExtendedLifetime(listening) {} }
            return try await stop.cancels { try await verb.run() }
        case "predict":
            try PredictVerb(try request(PredictVerb.Request.self)).run()
            return true
        default:
            throw WorkerError.unknownVerb(verb)
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
}
