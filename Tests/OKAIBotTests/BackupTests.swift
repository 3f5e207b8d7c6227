import Contract
import Foundation
import Glibc
import Store
import Support
import Testing

@testable import OKAIBot

@Suite("Backups", .serialized)
struct BackupTests {
    @Test(
        "a backup of a running bot, restored elsewhere, has its runs and its blobs",
        .timeLimit(.minutes(10))
    )
    func roundTrip() async throws {
        try await withBot { bot in
            await bot.fake.say("/train \(Dataset.irisID) trees=4")
            _ = try await bot.fake.next(containing: "Run 1 finished")
            let file = bot.folder.appending(path: "bot.backup").path()
            let data = bot.folder.appending(path: "data").path()
            let made = try await run(["backup", file], data: data, in: bot.folder)
            #expect(made.code == 0)
            #expect(made.errors == "")
            #expect(try permissions(file) == 0o600)
            let restored = bot.folder.appending(path: "other").path()
            #expect(try await run(["restore", file], data: restored, in: bot.folder).code == 0)
            let blobs = try FileManager.default.contentsOfDirectory(atPath: "\(data)/blobs")
            #expect(blobs.count { !$0.hasSuffix(".bought") } == 3)
            for blob in blobs {
                #expect(
                    FileManager.default.contentsEqual(
                        atPath: "\(data)/blobs/\(blob)",
                        andPath: "\(restored)/blobs/\(blob)"
                    )
                )
            }
            let job = try await SQLiteStore(path: "\(restored)/okai.sqlite").read { try $0.run(1)?.job }
            #expect(job?.state == .completed)
            #expect(try permissions("\(restored)/okai.sqlite") == 0o600)
            let used = try await run(["restore", file, "--force"], data: data, in: bot.folder)
            #expect(used.code == 1)
            #expect(used.errors.contains("another bot is using the folder"))
        }
    }

    @Test("other tools read a backup and check it", .timeLimit(.minutes(10)))
    func tar() async throws {
        try await withTestFolder { folder in
            let file = try await makeBackup(in: folder)
            let end = try await BotProcess(
                "okaibot",
                ["config"],
                folder: folder,
                shell: "mkdir x; cd x; tar xf '\(file)' && sha256sum --quiet -c SHA256SUMS || exit 9; cd .."
            ).ended()
            #expect(end.code == 0)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "x/okai.sqlite").path()))
        }
    }

    @Test(
        "a backup with one changed bit, or cut short, is refused before a file is written",
        .timeLimit(.minutes(10))
    )
    func damaged() async throws {
        try await withTestFolder { folder in
            let whole = try Data(contentsOf: URL(filePath: try await makeBackup(in: folder)))
            var spoilt = [whole.prefix(0), whole.prefix(whole.count / 2), whole.dropLast(1_600)]
            for offset in [3, 130, 900, whole.count / 2, whole.count - 1_300] {
                var copy = whole
                copy[offset] ^= 4
                spoilt.append(copy)
            }
            for (number, bytes) in spoilt.enumerated() {
                let path = folder.appending(path: "spoilt").path()
                try Data(bytes).write(to: URL(filePath: path))
                let target = folder.appending(path: "target").path()
                let end = try await run(["restore", path], data: target, in: folder)
                #expect(end.code == 1, "\(number)")
                #expect(end.errors.hasPrefix("okaibot: \(path) is not a whole backup: "), "\(number)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["okai.lock"])
            }
        }
    }

    @Test(
        "no file and no data are replaced unasked; with --force the old database stays",
        .timeLimit(.minutes(10))
    )
    func refusals() async throws {
        try await withTestFolder { folder in
            let file = try await makeBackup(in: folder)
            let data = folder.appending(path: "data").path()
            for (arguments, words) in [
                (["backup", file], "exists: name a new file"),
                (["backup", "\(data)/inside"], "is in the data folder"),
                (["backup", "\(data)-none/new"], "there is no folder \(data)-none"),
                (["restore", file], "has a bot's data"),
                (["restore", "/nowhere/backup"], "cannot read /nowhere/backup"),
            ] {
                let end = try await run(arguments, data: data, in: folder)
                #expect(end.code == 1)
                #expect(end.errors.contains(words))
            }
            let empty = try await run(
                ["backup", "\(file)2"],
                data: folder.appending(path: "none").path(),
                in: folder
            )
            #expect(empty.errors.contains("there is no database in"))
            #expect(try await run(["restore", file, "--force"], data: data, in: folder).code == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: data)
            let old = try #require(names.first { $0.hasPrefix("okai.sqlite.replaced-") })
            #expect(
                try SQLite.texts("SELECT value FROM setting WHERE key = 'colour'", from: "\(data)/\(old)")
                    == ["red"]
            )
        }
    }

    @Test(
        "a header is read as it was written",
        arguments: [("a", 0), ("blobs/x", 512), (String(repeating: "d/", count: 70) + "f", (1 << 33) + 7)]
    )
    func headers(_ name: String, _ size: Int) throws {
        let header = TarHeader(name: name, size: size)
        #expect(try TarHeader(header.block(modified: 1_800_000_000)) == header)
        #expect((size + header.padding) % 512 == 0)
    }

    @Test(
        "names that lead out of the folder, or to what no backup holds, are not restored",
        arguments: [
            "../x", "/etc/x", "blobs/../../x", "okai.lock", "images/x", "blobs//x", "work/x", "x.part",
        ]
    )
    func names(_ name: String) {
        #expect(!DataFiles.isBackedUp(name))
    }

    /// Makes a data folder with a database whose last commit is still in the write-ahead log, and a backup of it.
    private func makeBackup(in folder: URL) async throws -> String {
        let data = folder.appending(path: "data").path()
        try Dataset.iris.store(in: folder)
        let store = try SQLiteStore(path: "\(data)/okai.sqlite")
        try await store.write { try $0.set("colour", to: "red") }
        let file = folder.appending(path: "backup.tar").path()
        #expect(try await run(["backup", file], data: data, in: folder).code == 0)
        withExtendedLifetime(store) {}
        return file
    }

    private func run(_ arguments: [String], data: String, in folder: URL) async throws -> BotProcess.End {
        try await BotProcess("okaibot", arguments, environment: ["OKAI_DATA_DIR": data], folder: folder)
            .ended()
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
