import Foundation
import Testing

/// Replays the conversations of the folder `Transcripts`, one file for each topic, and compares every character.
///
/// With `OKAI_RECORD=1`, the files are written as they come out now, to be read in the diff.
@Suite("Transcripts", .timeLimit(.minutes(10)))
struct TranscriptTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Transcripts"
    )

    static let names: [String] = {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        } catch {
            preconditionFailure("the transcripts cannot be listed: \(error)")
        }
    }()

    @Test("there are at least 23 transcripts")
    func count() {
        #expect(
            Self.names.count >= 23 && Self.names.contains("train.txt") && Self.names.contains("verify.txt")
        )
    }

    @Test("the bot sends the messages of the transcript", arguments: names)
    func replay(_ name: String) async throws {
        let url = Self.folder.appending(path: name)
        let recorded = try String(contentsOf: url, encoding: .utf8)
        let replayed = try await TranscriptPlayer.replay(recorded)
        if ProcessInfo.processInfo.environment["OKAI_RECORD"] == "1" {
            try replayed.write(to: url, atomically: true, encoding: .utf8)
        }
        let (expected, actual) = (recorded.split(separator: "\n"), replayed.split(separator: "\n"))
        for change in actual.difference(from: expected) {
            switch change {
            case .insert(let line, let text, _): Issue.record("\(name):\(line + 1): the bot sends: \(text)")
            case .remove(let line, let text, _): Issue.record("\(name):\(line + 1): recorded: \(text)")
            }
        }
    }
}
