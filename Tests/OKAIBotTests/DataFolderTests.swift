import Foundation
import Glibc
import Support
import Testing

@testable import OKAIBot

@Suite("Permissions of the data folder", .serialized)
struct DataFolderTests {
    @Test("wide permissions of an existing folder are mended, but Caddy still reads the images")
    func mended() async throws {
        try await withTemporaryFolder { folder in
            let files = FileManager.default
            func set(_ mode: Int, _ name: String) throws {
                try files.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder)\(name)")
            }
            func mode(_ name: String) throws -> Int? {
                try files.attributesOfItem(atPath: "\(folder)\(name)")[.posixPermissions] as? Int
            }
            for name in ["/okai.sqlite", "/okai.sqlite-wal", "/notes.txt"] {
                try Data().write(to: URL(filePath: "\(folder)\(name)"))
                try set(0o644, name)
            }
            for name in ["/images", "/blobs", "/attachments"] {
                try files.createDirectory(atPath: "\(folder)\(name)", withIntermediateDirectories: false)
                try set(0o777, name)
            }
            try set(0o777, "")
            let mended = try DataFolder(folder).mended
            #expect(try mode("") == 0o711)
            #expect(try mode("/okai.sqlite") == 0o600)
            #expect(try mode("/okai.sqlite-wal") == 0o600)
            #expect(try mode("/blobs") == 0o700)
            #expect(try mode("/attachments") == 0o700)
            #expect(try mode("/images") == 0o755)
            #expect(try mode("/notes.txt") == 0o644)
            #expect(mended.count == 6)
            #expect(mended.first == "\(folder): 777 is now 711")
            #expect(try DataFolder(folder).mended == [])
        }
    }

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
