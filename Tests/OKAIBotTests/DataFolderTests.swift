import Foundation
import Glibc
import Support
import Testing

@Suite("Permissions of the data folder", .serialized)
struct DataFolderTests {
    @Test("other users can read no file of the bot, with any umask", .timeLimit(.minutes(10)))
    func mask() async throws {
        try await withTestFolder { folder in
            let fake = BotAPIFake()
            try await withLoopbackServer(fake.router) { telegram in
                let bot = try RunningBot.start(folder, telegram, port: 0, shell: "umask 000")
                defer { bot.send(SIGKILL) }
                await fake.say("/train \(Dataset.irisID) trees=5")
                _ = try await fake.next(containing: "Run 1 finished")
                let data = folder.appending(path: "data")
                let files = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)
                // The test itself writes blobs, so they are left out.
                let written = (files?.compactMap { $0 as? URL } ?? []).filter {
                    !$0.path().contains("/blobs")
                }
                #expect(written.contains { $0.lastPathComponent == "okai.sqlite" })
                for file in written {
                    var status = stat()
                    #expect(stat(file.path(), &status) != 0 || status.st_mode & 0o077 == 0, "\(file.path())")
                }
            }
        }
    }
}
