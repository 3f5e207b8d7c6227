import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Files between a chat and a worker", .timeLimit(.minutes(10)))
struct FileRoutesTests {
    private static let lease = Secret.random()
    private static let file = ChatFile(id: "f", name: "iris.csv")

    /// A door with a job at work that needs the file; `open` gives it.
    private func withDoor(
        work: Work = .store(StoreArguments(file: file)),
        limit: Int = 100,
        open: @escaping FileExchange.Opener = { _ in throw FileFault.gone },
        _ body: @escaping @Sendable (Door, AnswerFiles, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let shelf = AnswerFiles(folder: "\(folder)/answers", limit: limit)
            try await Door.open(files: FileExchange(answers: shelf, open: open)) { door in
                let token = try await door.launchedJob(work)
                _ = try await door.queue.claim(1, launchToken: token, leaseToken: Self.lease)
                try await body(door, shelf, "\(folder)/answers")
            }
        }
    }

    @Test("the bytes of the chat's file are passed on to the job's own worker, and to nobody else")
    func give() async throws {
        let open: FileExchange.Opener = { file in
            #expect(file == Self.file)
            let pieces = AsyncThrowingStream<[UInt8], any Error> { pieces in
                for word in ["a,b\n", "1,2\n"] { pieces.yield(Array(word.utf8)) }
                pieces.finish()
            }
            return OpenFile(size: 8, chunks: pieces)
        }
        try await withDoor(open: open) { door, _, _ in
            let answer = try await door.file(.get, "file", lease: Self.lease)
            #expect(answer.status == 200)
            #expect(answer.body == "a,b\n1,2\n")
            #expect(try await door.file(.get, "file", lease: Secret.random()).status == 401)
            _ = try await door.store.write { try $0.requestCancel(of: 1, at: .now) }
            let batch = EventBatch(events: [.init(sequence: 1, event: .cancelled)])
            _ = try await door.queue.report(batch, of: 1, leaseToken: Self.lease)
            #expect(try await door.file(.get, "file", lease: Self.lease).status == 401)
        }
    }

    @Test("a disk that takes nothing is not the worker's fault: it is to come again")
    func noDisk() async throws {
        try await withTemporaryFolder { folder in
            // A file where the folder should be: not even root can make one there.
            try Data().write(to: URL(filePath: "\(folder)/answers"))
            let desk = FileExchange(answers: AnswerFiles(folder: "\(folder)/answers")) { _ in throw FileFault.gone
            }
            try await Door.open(files: desk) { door in
                let token = try await door.launchedJob()
                _ = try await door.queue.claim(1, launchToken: token, leaseToken: Self.lease)
                let answer = try await door.file(.put, "answer", .bytes([1]), lease: Self.lease)
                #expect(answer.status == 503)
                #expect(answer.retryAfter == 5)
            }
        }
    }

    @Test(
        "why it does not come is said by a code",
        arguments: [(FileFault.gone, 410), (.tooLarge(limit: 20 << 20), 413), (.unavailable("a storm"), 503)]
    )
    func faults(_ fault: FileFault, status: Int) async throws {
        try await withDoor(open: { _ in throw fault }) { door, _, _ in
            let answer = try await door.file(.get, "file", lease: Self.lease)
            #expect(answer.status == status)
            #expect(try answer.code == fault.code)
        }
    }

    @Test("a job that needs no file gets none")
    func none() async throws {
        try await withDoor(work: .look(LookArguments(blob: BlobID(bytes: Array(1...32))))) { door, _, _ in
            let answer = try await door.file(.get, "file", lease: Self.lease)
            #expect(answer.status == 404)
        }
    }

    @Test("an answer is kept, a later one in its place, one that is too long not at all")
    func answer() async throws {
        try await withDoor { door, shelf, folder in
            for words in ["first", "second"] {
                #expect(try await door.file(.put, "answer", .text(words), lease: Self.lease).status == 204)
            }
            let long = RequestBody.text(String(repeating: "x", count: 101))
            let refused = try await door.file(.put, "answer", long, lease: Self.lease)
            #expect(refused.status == 413)
            #expect(try await door.file(.put, "answer", .text("x"), lease: Secret.random()).status == 401)
            #expect(try String(contentsOfFile: shelf.path(ofJob: 1), encoding: .utf8) == "second")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["job-1"])
            shelf.prune(now: Date())
            #expect(FileManager.default.fileExists(atPath: shelf.path(ofJob: 1)))
            shelf.prune(now: Date() + 2 * 86_400)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }
}
