import Contract
import Foundation
import Hummingbird
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Routes of the API", .timeLimit(.minutes(10)))
struct APIRoutesTests {
    @Test("the OpenAPI document describes every route, and no other")
    func description() async throws {
        let queue = JobQueue(
            store: try SQLiteStore(),
            walrus: WalrusAccess(aggregators: [], publisher: "", epochs: 5, authorization: .lease)
        )
        let files = FileExchange(answers: AnswerFiles(folder: "/nowhere")) { _ in throw FileFault.gone }
        let router = APIRouter.make(
            queue: queue,
            health: Health(storage: StorageCheck(store: queue.store, folder: "/")),
            images: "/nowhere",
            files: files,
            logger: LogRecorder().logger
        )
        let routes = router.routes.map { route in
            "\(route.method.rawValue.lowercased()) \(route.path.description.replacing(/:(\w+)/) { "{\($0.1)}" })"
        }
        try await APIFixture.run { api in
            let answer = try await api.get("/openapi.json")
            #expect(answer.status == 200)
            let document = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body.utf8))
            guard case .object(let paths)? = document["paths"] else { throw WebhookError.notFound }
            let described = paths.flatMap { path, operations -> [String] in
                guard case .object(let methods) = operations else { return [] }
                return methods.keys.map { "\($0) \(path)" }
            }
            #expect(described.sorted() == routes.sorted())
        }
    }

    @Test("every operation documents that a header may be too large, which the door says before any route")
    func largeHeaders() throws {
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(OpenAPI.document))
        guard case .object(let paths)? = document["paths"] else { throw WebhookError.notFound }
        for (path, operations) in paths {
            guard case .object(let methods) = operations else { continue }
            for (method, operation) in methods {
                let responses = operation["responses"]
                #expect(responses?["431"] != nil || responses?["default"] != nil, "\(method) \(path)")
            }
        }
    }

    @Test(
        "an unknown path is refused in JSON",
        arguments: [("/a/b/c/d", 404), ("/v1/jobs/1/nothing", 404), ("/", 405), ("/a/b", 405)]
    )
    func unknown(_ path: String, _ status: Int) async throws {
        try await APIFixture.run { api in
            let answer = try await api.get(path)
            #expect(answer.status == status)
            // Scripts post to the root and to names of messages, so there GET is only the wrong method.
            #expect(try answer.code == (status == 404 ? "NOT_FOUND" : "METHOD_NOT_ALLOWED"))
        }
    }
}
