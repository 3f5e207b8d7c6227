import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Logging
import Store
import Support
import Testing
import Webhook

@Suite("Files that are posted to a topic", .timeLimit(.minutes(10)))
struct PostedFileTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 7, count: 90)

    private static func run(
        limit: Int = 2 << 20,
        free: Int? = nil,
        _ body: @escaping @Sendable (APIFixture, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let files = AttachmentFiles(folder: "\(folder)/files", limit: limit, freeSpace: { _ in free })
            try await APIFixture.run(attachments: files) { try await body($0, "\(folder)/files") }
        }
    }

    private static func put(
        _ bytes: [UInt8],
        _ fields: [String: String] = [:],
        to path: String,
        of api: APIFixture
    ) async throws -> APIFixture.Response {
        var headers = HTTPFields()
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return try await api.send(.init(method: .put, path: path, headers: headers, body: bytes))
    }

    @Test("a file is on the disk with its message, its type and a harmless name before the response")
    func file() async throws {
        try await Self.run { api, folder in
            let path = "/\(try await api.topic("camera").text)"
            let fields = ["Filename": "../door\u{202E}gnp.png", "X-Message": "someone rang"]
            #expect(try await Self.put(Self.png, fields, to: path, of: api).status == 200)
            let post = try #require(try await api.posts().first)
            #expect(post.text == "someone rang")
            let file = try #require(post.attachment)
            #expect(file.type == "image/png" && file.size == 98)
            #expect(file.name?.hasPrefix("door") == true && file.name?.contains("\u{202E}") == false)
            let stored = try #require(file.storedName)
            #expect(try Array(Data(contentsOf: URL(filePath: "\(folder)/\(stored)"))) == Self.png)
            #expect(try await api.store.read { try $0.neededFiles() } == [stored])
        }
    }

    @Test("a body that is no text, or too large for a text, is a file with a name of the bot")
    func unnamed() async throws {
        try await Self.run { api, _ in
            let path = "/\(try await api.topic("camera").text)"
            #expect(try await Self.put(Self.png, to: path, of: api).status == 200)
            let log = Array(String(repeating: "line\n", count: 300_000).utf8)
            #expect(try await Self.put(log, to: path, of: api).status == 200)
            let posts = try await api.posts()
            #expect(
                posts.map(\.text) == [
                    "You received a file: attachment.png", "You received a file: attachment.txt",
                ]
            )
            #expect(posts.last?.attachment?.size == log.count)
        }
    }

    @Test("a file in a form may be larger than a text, and only the file stays on the disk")
    func form() async throws {
        try await Self.run { api, folder in
            let path = "/\(try await api.topic("camera").text)"
            let head = "--b1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"clip.bin\"\r\n\r\n"
            let note = "\r\n--b1\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nnew\r\n--b1--\r\n"
            let film = (0..<(3 << 19)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let type = ["Content-Type": "multipart/form-data; boundary=b1"]
            let form = Array(head.utf8) + film + Array(note.utf8)
            #expect(try await Self.put(form, type, to: path, of: api).status == 200)
            let post = try #require(try await api.posts().first)
            let stored = try #require(post.attachment?.storedName)
            #expect(post.text == "new" && post.attachment?.name == "clip.bin")
            #expect(try Array(Data(contentsOf: URL(filePath: "\(folder)/\(stored)"))) == film)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [stored])
            let broken = try await Self.put(Array(head.utf8) + film, type, to: path, of: api)
            #expect(broken.status == 400)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [stored])
        }
    }

    @Test("a file without a byte is named in a message, and a packed file is unpacked or refused")
    func emptyAndPacked() async throws {
        try await Self.run { api, folder in
            let path = "/\(try await api.topic("camera").text)"
            #expect(try await Self.put([], ["Filename": "x/night.log"], to: path, of: api).status == 200)
            #expect(try await api.posts().map(\.text) == ["The file night.log is empty."])
            let packed = ["Filename": "n.log", "Content-Encoding": "br"]
            #expect(try await Self.put([1, 2, 3], packed, to: path, of: api).status == 415)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test(
        "a file over the limit, or for an unknown address, is refused and not kept",
        arguments: [true, false]
    )
    func refused(_ isKnown: Bool) async throws {
        try await Self.run(limit: 1_000) { api, folder in
            let known = try await api.topic("camera").text
            let path = "/\(isKnown ? known : Secret.random().text)"
            let bytes = [UInt8](repeating: 1, count: isKnown ? 1_001 : 900)
            let answer = try await Self.put(bytes, ["File": "a.bin"], to: path, of: api)
            #expect(answer.status == (isKnown ? 413 : 404))
            #expect(try answer.code == (isKnown ? "FILE_TOO_LARGE" : "TOPIC_NOT_FOUND"))
            #expect((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] == [])
            #expect(try await api.posts() == [])
        }
    }

    @Test("a file for an unknown address does not touch the disk, however it comes")
    func unknown() async throws {
        try await Self.run { api, folder in
            let secret = Secret.random().text
            let binary = try await Self.put(Self.png, to: "/\(secret)", of: api)
            let type = ["Content-Type": "multipart/form-data; boundary=b"]
            let form =
                "--b\r\nContent-Disposition: form-data; name=f; filename=a.txt\r\n\r\nx\r\n--b--\r\n"
            let part = try await Self.put(Array(form.utf8), type, to: "/\(secret)", of: api)
            #expect(binary.status == 404 && part.status == 404)
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test("a file is refused while the disk is nearly full; texts are not")
    func fullDisk() async throws {
        try await Self.run(limit: 1_000, free: 9_999) { api, folder in
            let path = "/\(try await api.topic("camera").text)"
            let answer = try await Self.put([1, 2], ["File": "a.bin"], to: path, of: api)
            #expect(answer.status == 507)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            #expect(try await api.post(path, .text("still here")).status == 200)
        }
    }

    @Test("the same file with the same key is one message and one file; another file is refused")
    func repeated() async throws {
        try await Self.run { api, folder in
            let path = "/\(try await api.topic("camera").text)"
            let fields = ["Filename": "a.png", "Idempotency-Key": "k1"]
            for _ in 0..<2 { #expect(try await Self.put(Self.png, fields, to: path, of: api).status == 200) }
            #expect(try await Self.put(Self.png + [1], fields, to: path, of: api).status == 422)
            #expect(try await api.posts().count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        }
    }

    @Test("a file that no message needs is deleted after an hour, and at the start at once")
    func orphans() async throws {
        try await withTemporaryFolder { folder in
            let store = try SQLiteStore()
            let files = AttachmentFiles(folder: folder)
            let orphan = try files.begin()
            try orphan.append([1])
            let name = try orphan.finish().name
            let pruner = Pruner(store: store, attachments: files, logger: .init(label: "test"))
            await pruner.prune(now: Date() + 3_000)
            #expect(FileManager.default.fileExists(atPath: files.path(of: name)))
            files.removeFiles(except: [name], grace: 0, now: Date() + 9_999)
            #expect(FileManager.default.fileExists(atPath: files.path(of: name)))
            await pruner.prune(now: Date() + 3_700)
            #expect(!FileManager.default.fileExists(atPath: files.path(of: name)))
        }
    }
}
