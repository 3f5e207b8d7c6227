import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Routes for files", .timeLimit(.minutes(10)))
struct FileRoutesTests {
    private static let lease = Secret.random()
    private static let file = ChatFile(id: "f", name: "iris.csv")

    /// Serves the API with a claimed job; `open` opens the file of the chat.
    private func withFileRoutes(
        work: Work = .store(StoreArguments(file: file)),
        limit: Int = 100,
        open: @escaping FileExchange.Opener = { _ in throw FileFault.gone },
        _ body: @escaping @Sendable (APIFixture, AnswerFiles, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let answers = AnswerFiles(folder: "\(folder)/answers", limit: limit)
            try await APIFixture.run(files: FileExchange(answers: answers, open: open)) { api in
                let token = try await api.launchedJob(work)
                _ = try await api.queue.claim(1, launchToken: token, leaseToken: Self.lease)
                try await body(api, answers, "\(folder)/answers")
            }
        }
    }

    @Test("only the worker of the job gets the file of the chat")
    func give() async throws {
        let open: FileExchange.Opener = { file in
            #expect(file == Self.file)
            let pieces = AsyncThrowingStream<[UInt8], any Error> { pieces in
                for word in ["a,b\n", "1,2\n"] { pieces.yield(Array(word.utf8)) }
                pieces.finish()
            }
            return OpenFile(size: 8, chunks: pieces)
        }
        try await withFileRoutes(open: open) { api, _, _ in
            let answer = try await api.file(.get, "file", lease: Self.lease)
            #expect(answer.status == 200)
            #expect(answer.body == "a,b\n1,2\n")
            #expect(try await api.file(.get, "file", lease: Secret.random()).status == 401)
            _ = try await api.store.write { try $0.requestCancel(of: 1, at: .now) }
            let batch = EventBatch(events: [.init(sequence: 1, event: .cancelled)])
            _ = try await api.queue.report(batch, of: 1, leaseToken: Self.lease)
            #expect(try await api.file(.get, "file", lease: Self.lease).status == 401)
        }
    }

    @Test("a disk that cannot be written is answered 503 with a time to retry")
    func noDisk() async throws {
        try await withTemporaryFolder { folder in
            // A file where the folder should be: even root cannot create a folder there.
            try Data().write(to: URL(filePath: "\(folder)/answers"))
            let answers = AnswerFiles(folder: "\(folder)/answers")
            let files = FileExchange(answers: answers) { _ in throw FileFault.gone }
            try await APIFixture.run(files: files) { api in
                let token = try await api.launchedJob()
                _ = try await api.queue.claim(1, launchToken: token, leaseToken: Self.lease)
                let answer = try await api.file(.put, "answer", .bytes([1]), lease: Self.lease)
                #expect(answer.status == 503)
                #expect(answer.retryAfter == 5)
            }
        }
    }

    @Test(
        "a file that cannot be opened is refused with the code of its fault",
        arguments: [(FileFault.gone, 410), (.tooLarge(limit: 20 << 20), 413), (.unavailable("a storm"), 503)]
    )
    func faults(_ fault: FileFault, status: Int) async throws {
        try await withFileRoutes(open: { _ in throw fault }) { api, _, _ in
            let answer = try await api.file(.get, "file", lease: Self.lease)
            #expect(answer.status == status)
            #expect(try answer.code == fault.code)
        }
    }

    @Test("a job without a file is answered 404")
    func none() async throws {
        try await withFileRoutes(work: .look(LookArguments(blob: BlobID(bytes: Array(1...32))))) {
            api,
            _,
            _ in
            let answer = try await api.file(.get, "file", lease: Self.lease)
            #expect(answer.status == 404)
        }
    }

    @Test("an answer file is stored, a later one replaces it, and one that is too long is refused")
    func answer() async throws {
        try await withFileRoutes { api, answers, folder in
            for words in ["first", "second"] {
                #expect(try await api.file(.put, "answer", .text(words), lease: Self.lease).status == 204)
            }
            let long = RequestBody.text(String(repeating: "x", count: 101))
            let refused = try await api.file(.put, "answer", long, lease: Self.lease)
            #expect(refused.status == 413)
            #expect(try await api.file(.put, "answer", .text("x"), lease: Secret.random()).status == 401)
            #expect(try String(contentsOfFile: answers.path(ofJob: 1), encoding: .utf8) == "second")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["job-1"])
            answers.prune(now: Date())
            #expect(FileManager.default.fileExists(atPath: answers.path(ofJob: 1)))
            answers.prune(now: Date() + 2 * 86_400)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }
}
