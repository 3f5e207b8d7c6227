import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Random requests", .timeLimit(.minutes(30)))
struct APIFuzzTests {
    @Test("any body is accepted as a post, or refused because it is no text", arguments: RandomInput.seeds(2))
    func posts(_ seed: UInt64) async throws {
        try await APIFixture.run { api in
            var random = RandomInput(seed: seed)
            let path = "/\(try await api.topic("nightly").text)"
            for _ in 0..<40 {
                let bytes = random.bytes(upTo: random.element(of: [3, 200, 20_000]))
                let status = try await api.post(path, .bytes(bytes)).status
                let isText = String(validating: bytes, as: UTF8.self) != nil
                #expect([200, 415].contains(status), "seed \(seed): \(status) for \(bytes)")
                if isText { #expect(status == 200) }
            }
        }
    }

    @Test(
        "corrupted events are refused or accepted, and the job never has two ends",
        arguments: RandomInput.seeds(3)
    )
    func events(_ seed: UInt64) async throws {
        try await APIFixture.run { api in
            var random = RandomInput(seed: seed)
            let (lease, launch) = (Secret.random(), try await api.launchedJob())
            _ = try await api.queue.claim(1, launchToken: launch, leaseToken: lease)
            for number in 1...30 {
                let batch = EventBatch(
                    events: (0..<random.number(in: 0...3)).map { offset in
                        .init(sequence: number * 3 + offset, event: event(&random))
                    }
                )
                let whole = try JSONDecoder().decode(JSONValue.self, from: Data(Wire.encode(batch)))
                let json = try JSONEncoder().encode(
                    random.number(in: 0...1) == 0 ? whole : random.corrupted(whole)
                )
                let status = try await api.post("/v1/jobs/1/events", .bytes(Array(json)), token: lease)
                    .status
                // A retryable job has no worker any more, so its token is refused.
                #expect([200, 400, 401].contains(status), "seed \(seed): \(status)")
            }
            let job = try #require(try await api.store.read { try $0.job(1) })
            let ends = try await api.store.read { try $0.endMessageCount(ofRun: 1) }
            #expect(ends == (job.state.isTerminal ? 1 : 0))
        }
    }

    private func event(_ random: inout RandomInput) -> WorkerEvent {
        switch random.number(in: 0...9) {
        case 0:
            .failed(
                failure: Failure(
                    phase: nil,
                    reason: random.text(upTo: 90),
                    advice: "Wait.",
                    isTemporary: random.number(in: 0...1) == 0
                )
            )
        case 1...3: .phase(name: random.element(of: Phase.allCases))
        case 4...6: .progress(fraction: Double(random.number(in: -5...9)), note: random.text(upTo: 40))
        default: .log(line: random.text(upTo: 4_000))
        }
    }

    @Test(
        "requests made from the OpenAPI document get the statuses that it names, and never 5xx",
        arguments: RandomInput.seeds(2)
    )
    func described(_ seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try Data([1]).write(to: URL(filePath: "\(folder)/okai.qcow2"))
            let file = OpenFile(size: nil, chunks: AsyncThrowingStream<[UInt8], any Error> { $0.finish() })
            let files = FileExchange(answers: AnswerFiles(folder: "\(folder)/answers")) { _ in file }
            try await APIFixture.run(publisherToken: { "token for \($0)" }, images: folder, files: files) {
                api in
                try await probe(api, seed)
            }
        }
    }

    private func probe(_ api: APIFixture, _ seed: UInt64) async throws {
        var random = RandomInput(seed: seed)
        let description = try JSONDecoder().decode(
            JSONValue.self,
            from: Data(try await api.get("/openapi.json").body.utf8)
        )
        let operations = try Operation.all(in: description)
        #expect(operations.count >= 11)
        let secrets = [try await api.topic("nightly"), try await api.launchedJob(), Secret.random()]
        for _ in 0..<60 {
            let operation = random.element(of: operations)
            let request = operation.request(secrets: secrets, &random)
            let answer = try await api.send(request)
            #expect(answer.status < 500, "seed \(seed): \(request)")
            #expect(
                operation.statuses.contains(answer.status),
                "seed \(seed): \(answer.status) to \(request)"
            )
        }
    }
}

/// An operation of the OpenAPI document.
private struct Operation {
    let method: HTTPRequest.Method
    let path: String
    let schemas: [JSONValue]
    let statuses: Set<Int>

    static func all(in description: JSONValue) throws -> [Operation] {
        guard case .object(let paths)? = description["paths"] else { return [] }
        return paths.sorted { $0.key < $1.key }.flatMap { path, methods -> [Operation] in
            guard case .object(let methods) = methods else { return [] }
            return methods.compactMap { method, operation in
                guard case .object(let responses)? = operation["responses"],
                    let method = HTTPRequest.Method(method.uppercased())
                else { return nil }
                var schemas: [JSONValue] = []
                if case .object(let content)? = operation["requestBody"]?["content"] {
                    schemas = content.sorted { $0.key < $1.key }.compactMap { $0.value["schema"] }
                }
                return Operation(
                    method: method,
                    path: path,
                    schemas: schemas,
                    statuses: Set(responses.keys.compactMap { Int($0) })
                )
            }
        }
    }

    /// A request that follows the document, with random deviations.
    func request(secrets: [Secret], _ random: inout RandomInput) -> APIFixture.Request {
        let secret = random.element(of: secrets)
        let id = random.element(of: ["1", "2", "-1", "x", "99999999999999999999", "%00", "1%2F2"])
        let filled = path.replacing("{id}", with: id).replacing("{secret}", with: secret.text)
            .replacing("{name}", with: random.element(of: ["okai.qcow2", "none", ".hidden", "%2e%2e"]))
        var headers = HTTPFields()
        if random.number(in: 0...3) > 0 {
            headers[.authorization] =
                random.element(of: ["Bearer ", "bearer", "Basic ", "Bearer  "]) + secret.text
        }
        if random.number(in: 0...2) == 0 {
            headers[.idempotency] = random.element(of: [
                "", "1", "finished", String(repeating: "k", count: 900),
            ])
        }
        var body: [UInt8] = []
        if let schema = schemas.isEmpty ? nil : random.element(of: schemas) {
            let value = Self.value(of: schema, &random)
            body = (try? Array(JSONEncoder().encode(value))) ?? []
            if random.number(in: 0...4) == 0 { body = random.bytes(upTo: 300) }
        }
        return APIFixture.Request(method: method, path: filled, headers: headers, body: body)
    }

    private static func value(of schema: JSONValue, _ random: inout RandomInput) -> JSONValue {
        guard random.number(in: 0...5) > 0 else { return random.json() }
        switch schema["type"]?.string {
        case "integer": return .integer(Int64(random.element(of: [0, 1, -1, 3_858, Int.max])))
        case "string": return .string(random.text(upTo: 60))
        case "array": return .array((0..<random.number(in: 0...3)).map { _ in random.json() })
        default:
            guard case .object(let properties)? = schema["properties"] else { return random.json() }
            var members: [String: JSONValue] = [:]
            for (name, schema) in properties.sorted(by: { $0.key < $1.key }) {
                members[name] = value(of: schema, &random)
            }
            return .object(members)
        }
    }
}
