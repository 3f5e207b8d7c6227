import Foundation
import Glibc
import Support
import Testing

@Suite("What others on the machine can read", .serialized)
struct DataFolderTests {
    @Test("nothing of the bot's, whatever the shell's mask is", .timeLimit(.minutes(10)))
    func mask() async throws {
        try await withFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let bot = try RunningBot.start(folder, telegram, port: 0, shell: "umask 000")
                defer { bot.send(SIGKILL) }
                await fake.say("/train \(Dataset.irisID) trees=5")
                _ = try await fake.next(containing: "Run 1 finished")
                let data = folder.appending(path: "data")
                let files = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
                // What the test itself has put there is not the bot's.
                let kept = (files?.compactMap { $0 as? URL } ?? []).filter { !$0.path().contains("/blobs") }
                #expect(kept.contains { $0.lastPathComponent == "okai.sqlite" })
                for file in kept {
                    var status = stat()
                    #expect(stat(file.path(), &status) != 0 || status.st_mode & 0o077 == 0, "\(file.path())")
                }
            }
        }
    }
}
