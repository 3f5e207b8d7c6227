import Contract
import Foundation
import Support
import Testing

/// The bot's conversations, one file per flow in `Transcripts`: each is replayed, and must come out letter by letter.
///
/// With `OKAI_RECORD=1` the files are written as they come out now; what changed is then read in the diff.
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

    @Test("there is one for each flow")
    func flows() {
        let written = Self.names.map { $0.replacing(".txt", with: "") }
        #expect(written.count >= 23 && written.contains("train") && written.contains("verify"))
    }

    @Test("a conversation comes out as it is written down", arguments: names)
    func replay(_ name: String) async throws {
        let url = Self.folder.appending(path: name)
        let written = try String(contentsOf: url, encoding: .utf8)
        let heard = try await Play.perform(written)
        if ProcessInfo.processInfo.environment["OKAI_RECORD"] == "1" {
            try heard.write(to: url, atomically: true, encoding: .utf8)
        }
        let (expected, actual) = (written.split(separator: "\n"), heard.split(separator: "\n"))
        for change in actual.difference(from: expected) {
            switch change {
            case .insert(let line, let text, _): Issue.record("\(name):\(line + 1): comes out: \(text)")
            case .remove(let line, let text, _): Issue.record("\(name):\(line + 1): is written: \(text)")
            }
        }
    }
}
