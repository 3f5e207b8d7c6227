import Contract
import Foundation
import HTTP
import Support
import Testing

@testable import Walrus

/// The queries against the fields of Sui's official schema that they use (`Data/sui-schema.json`).
@Suite("Queries and Sui's schema", .timeLimit(.minutes(10)))
struct SchemaTests {
    private typealias Schema = [String: [String: String]]

    private struct SelectionError: Error { let text: String }

    /// Walks the selections of a query, and throws an error for a field that the schema does not have.
    private static func check(_ query: String, against schema: Schema) throws {
        var types: [String] = []
        var last = "Query"
        // Arguments and aliases are no fields.
        let selections = query.replacing(/\([^()]*\)/, with: "").replacing(/\w+:/, with: "")
        for token in selections.matches(of: /\{|\}|\.\.\. on (\w+)|\w+/) {
            let word = String(token.1 ?? token.0)
            switch word {
            case "query" where types.isEmpty: break
            case "{": types.append(last)
            case "}": types.removeLast()
            default:
                guard let type = types.last, let next = schema[type]?[word] else {
                    throw SelectionError(text: "\(types.last ?? "") has no \(word): \(query)")
                }
                last = next
            }
        }
        guard types.isEmpty else { throw SelectionError(text: "unbalanced: \(query)") }
    }

    @Test("every field that a query names is in the schema")
    func fields() async throws {
        let schema = try JSONDecoder().decode(
            Schema.self,
            from: Data(contentsOf: Vectors.data("sui-schema.json"))
        )
        let blob = StoredBlob(id: BlobID(bytes: Array(9...40)), size: 3)
        let fake = SuiFake()
        fake.put("0xab", blob: blob.id.decimal, size: 3, pool: "0x9001")
        fake.change { state in
            state.pools = ["0x9001": 52]
            state.running = "0x1234"
            state.members = [("0x77", 1)]
            state.pooledCertifications = [(blob.id.decimal, "0xab")]
        }
        _ = try await fake.finding(on: blob, object: nil)
        fake.change { $0.pooledCertifications = [] }
        _ = try await fake.finding(on: blob, object: nil)
        let queries = Set(fake.state.questions)
        // System, origins of types, events, object, pool, storage nodes.
        #expect(queries.count == 6)
        for query in queries { try Self.check(query, against: schema) }
        #expect(throws: SelectionError.self) {
            try Self.check("query { object(address: 1) { asMoveObject { content } } }", against: schema)
        }
    }
}
