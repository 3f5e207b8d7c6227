import Commands
import Contract
import Foundation
import Logging
import Subprocess
import SystemPackage

/// Draws results with the program `okai-picture`, in the folder of this program.
struct PictureProgram: Painter {
    /// The largest output, in bytes; pictures are far smaller.
    private static let sizeLimit = 8 << 20
    /// The time limit; drawing takes far less time.
    private static let timeLimit = Duration.seconds(20)

    private let path: String
    private let logger: Logger

    /// Nil if the program is missing: results are then shown as text.
    init?(logger: Logger) {
        do {
            path = try WorkerBinary.path(of: "okai-picture")
            self.logger = logger
        } catch {
            logger.warning("results have no pictures: okai-picture is not in the folder of okaibot")
            return nil
        }
    }

    func picture(of request: PictureRequest) async -> [UInt8]? {
        do {
            return try await draw(request)
        } catch is CancellationError {
            return nil
        } catch {
            logger.error("a picture cannot be drawn", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func draw(_ request: PictureRequest) async throws -> [UInt8] {
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
