import Commands
import Contract
import Foundation
import Logging
import Subprocess
import SystemPackage

/// Draws results with the program `okai-picture`, which is beside this one.
struct PictureProgram: Painter {
    /// The largest picture, in bytes: far more than any has.
    private static let sizeLimit = 8 << 20
    /// The time limit: far longer than drawing takes.
    private static let timeLimit = Duration.seconds(20)

    private let path: String
    private let logger: Logger

    /// Nil where the program is missing: then results are shown as text.
    init?(logger: Logger) {
        do {
            path = try WorkerBinary.path(of: "okai-picture")
            self.logger = logger
        } catch {
            logger.warning("there will be no pictures: okai-picture is not beside okaibot")
            return nil
        }
    }

    func picture(of request: PictureRequest) async -> [UInt8]? {
        do {
            return try await drawn(request)
        } catch is CancellationError {
            return nil
        } catch {
            logger.error("there is no picture of a result", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func drawn(_ request: PictureRequest) async throws -> [UInt8] {
        let input = try Wire.encode(request)
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path(FilePath(path)),
                    environment: .custom([:]),
                    input: .array(input),
                    output: .bytes(limit: Self.sizeLimit),
                    error: .string(limit: 4_096)
                )
                guard case .exited(0) = result.terminationStatus else {
                    throw BotError.noPicture("\(result.terminationStatus): \(result.standardError)")
                }
                return result.standardOutput
            }
            group.addTask {
                try await ContinuousClock().sleep(for: Self.timeLimit)
                throw BotError.noPicture("it took longer than \(Self.timeLimit)")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}
