import Commands
import Contract
import Foundation
import Logging
import Subprocess
import SystemPackage

/// Draws pictures of results with the program `okai-picture`, which must be in the folder of `okaibot`.
struct PictureProgram: Painter {
    /// The limit for the size of a picture, in bytes; pictures are far smaller.
    private static let sizeLimit = 8 << 20
    /// The time limit for drawing a picture; drawing takes far less time.
    private static let timeLimit = Duration.seconds(20)

    private let path: String
    private let logger: Logger

    /// Returns nil if the program is missing, so that results are shown as text.
    init?(logger: Logger) {
        do {
            path = try SiblingProgram.path(of: "okai-picture")
            self.logger = logger
        } catch {
            logger.warning("results have no pictures: the folder of okaibot has no program okai-picture")
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
