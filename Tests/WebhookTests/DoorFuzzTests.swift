import Contract
import Foundation
import HTTP
import HTTPTypes
import Jobs
import Store
import Support
import Testing
import Webhook

@Suite("Requests in any form", .timeLimit(.minutes(30)))
struct DoorFuzzTests {
    @Test("any body is taken as a post or refused as an empty one", arguments: Rubbish.seeds(2))
    func posts(_ seed: UInt64) async throws {
        try await Door.open { door in
            var rubbish = Rubbish(seed: seed)
            let path = "/\(try await door.topic("nightly").text)"
            for _ in 0..<40 {
                let bytes = rubbish.bytes(upTo: rubbish.element(of: [3, 200, 20_000]))
                let status = try await door.post(path, .bytes(bytes)).status
                let isEmpty = String(decoding: bytes, as: UTF8.self).allSatisfy(\.isWhitespace)
                #expect([200, 400].contains(status), "seed \(seed): \(status) for \(bytes)")
                if isEmpty { #expect(status == 400) }
            }
        }
    }

    @Test(
        "spoilt events are refused or taken, and the job is never in two minds",
        arguments: Rubbish.seeds(3)
    )
    func events(_ seed: UInt64) async throws {
        try await Door.open { door in
            var rubbish = Rubbish(seed: seed)
            let (lease, launch) = (Secret.random(), try await door.launchedJob())
            _ = try await door.queue.claim(1, launchToken: launch, leaseToken: lease)
            for number in 1...30 {
                let batch = EventBatch(
                    events: (0..<rubbish.number(in: 0...3)).map { offset in
                        .init(sequence: number * 3 + offset, event: event(&rubbish))
                    }
                )
                let whole = try JSONDecoder().decode(JSONValue.self, from: Data(Wire.encode(batch)))
                let json = try JSONEncoder().encode(
                    rubbish.number(in: 0...1) == 0 ? whole : rubbish.spoilt(whole)
                )
                let status = try await door.post("/v1/jobs/1/events", .bytes(Array(json)), token: lease)
                    .status
                // A job that waits for its next try has no worker any more.
                #expect([200, 400, 401].contains(status), "seed \(seed): \(status)")
            }
            let job = try #require(try await door.store.read { try $0.job(1) })
            #expect(try await door.store.read { try $0.endMessageCount(ofRun: 1) } == (job.state.isTerminal ? 1 : 0))
        }
    }

    private func event(_ rubbish: inout Rubbish) -> WorkerEvent {
        switch rubbish.number(in: 0...9) {
        case 0:
            .failed(
                failure: Failure(
                    phase: nil,
                    reason: rubbish.text(upTo: 90),
                    advice: "Wait.",
                    isTemporary: rubbish.number(in: 0...1) == 0
                )
            )
        case 1...3: .phase(name: rubbish.element(of: Phase.allCases))
        case 4...6: .progress(fraction: Double(rubbish.number(in: -5...9)), note: rubbish.text(upTo: 40))
        default: .log(line: rubbish.text(upTo: 4_000))
        }
    }

    @Test(
        "requests made from the description are answered as it says, none of them by 5xx",
        arguments: Rubbish.seeds(2)
    )
    func described(_ seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            try Data([1]).write(to: URL(filePath: "\(folder)/okai.qcow2"))
            let file = OpenFile(size: nil, chunks: AsyncThrowingStream<[UInt8], any Error> { $0.finish() })
            let desk = FileExchange(answers: AnswerFiles(folder: "\(folder)/answers")) { _ in file }
            try await Door.open(publisherToken: { "token for \($0)" }, images: folder, files: desk) { door in
                try await probe(door, seed)
            }
        }
    }

    private func probe(_ door: Door, _ seed: UInt64) async throws {
        var rubbish = Rubbish(seed: seed)
        let description = try JSONDecoder().decode(
            JSONValue.self,
            from: Data(try await door.get("/openapi.json").body.utf8)
        )
        let operations = try Operation.all(in: description)
        #expect(operations.count >= 11)
        let secrets = [try await door.topic("nightly"), try await door.launchedJob(), Secret.random()]
        for _ in 0..<60 {
            let operation = rubbish.element(of: operations)
            let request = operation.request(secrets: secrets, &rubbish)
            let answer = try await door.send(request)
            #expect(answer.status < 500, "seed \(seed): \(request)")
            #expect(
                operation.statuses.contains(answer.status),
                "seed \(seed): \(answer.status) to \(request)"
            )
        }
    }
}

/// One thing that the description offers.
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

    /// A request as the description would have it, more or less.
    func request(secrets: [Secret], _ rubbish: inout Rubbish) -> Door.Question {
        let secret = rubbish.element(of: secrets)
        let id = rubbish.element(of: ["1", "2", "-1", "x", "99999999999999999999", "%00", "1%2F2"])
        let filled = path.replacing("{id}", with: id).replacing("{secret}", with: secret.text)
            .replacing("{name}", with: rubbish.element(of: ["okai.qcow2", "none", ".hidden", "%2e%2e"]))
        var headers = HTTPFields()
        if rubbish.number(in: 0...3) > 0 {
            headers[.authorization] =
                rubbish.element(of: ["Bearer ", "bearer", "Basic ", "Bearer  "]) + secret.text
        }
        if rubbish.number(in: 0...2) == 0 {
            headers[.idempotency] = rubbish.element(of: [
                "", "1", "finished", String(repeating: "k", count: 900),
            ])
        }
        var body: [UInt8] = []
        if let schema = schemas.isEmpty ? nil : rubbish.element(of: schemas) {
            let value = Self.value(of: schema, &rubbish)
            body = (try? Array(JSONEncoder().encode(value))) ?? []
            if rubbish.number(in: 0...4) == 0 { body = rubbish.bytes(upTo: 300) }
        }
        return Door.Question(method: method, path: filled, headers: headers, body: body)
    }

    private static func value(of schema: JSONValue, _ rubbish: inout Rubbish) -> JSONValue {
        guard rubbish.number(in: 0...5) > 0 else { return rubbish.json() }
        switch schema["type"]?.string {
        case "integer": return .integer(Int64(rubbish.element(of: [0, 1, -1, 3_858, Int.max])))
        case "string": return .string(rubbish.text(upTo: 60))
        case "array": return .array((0..<rubbish.number(in: 0...3)).map { _ in rubbish.json() })
        default:
            guard case .object(let properties)? = schema["properties"] else { return rubbish.json() }
            var members: [String: JSONValue] = [:]
            for (name, schema) in properties.sorted(by: { $0.key < $1.key }) {
                members[name] = value(of: schema, &rubbish)
            }
            return .object(members)
        }
    }
}
