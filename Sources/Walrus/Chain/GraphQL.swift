import Contract
import Foundation
import HTTP
import HTTPTypes

/// Sends queries to a GraphQL endpoint of Sui, and tries again when the endpoint is away for a moment.
struct GraphQL: Sendable {
    let endpoint: BaseURL
    let http: HTTPClient
    let retryPolicy: RetryPolicy

    /// Statuses after which the same query may succeed.
    private static let temporaryStatuses = [408, 429, 500, 502, 503, 504]
    /// Codes of errors, in an answer with status 200, after which the same query may succeed.
    private static let temporaryCodes = ["REQUEST_TIMEOUT", "INTERNAL_SERVER_ERROR"]

    private struct Query: Encodable {
        let query: String
        let variables: [String: String?]
    }

    private struct Reply<Answer: Decodable>: Decodable {
        let data: Answer?
    }

    /// The errors of a reply, which may come with data or without.
    private struct Problems: Decodable {
        struct Problem: Decodable {
            struct Extensions: Decodable { let code: String? }
            let message: String
            let extensions: Extensions?
        }
        let errors: [Problem]?
    }

    /// Sends a query, and returns the data of the reply.
    ///
    /// - Throws: ``SuiError``, `CancellationError`.
    func data<Answer: Decodable>(_ query: String, _ variables: [String: String?]) async throws -> Answer {
        let body = try Wire.encode(Query(query: query, variables: variables))
        let reply = try await retryPolicy.run { try await send(body) }
        let decoded: Reply<Answer>
        do {
            decoded = try Wire.decode(Reply<Answer>.self, from: reply)
        } catch {
            throw SuiError.unexpected(ErrorResponse.summary(of: reply) ?? "an empty body")
        }
        guard let data = decoded.data else { throw SuiError.unexpected("a response without data") }
        return data
    }

    private func send(_ body: [UInt8]) async throws -> [UInt8] {
        let request = endpoint.request(.post, "", headers: [.contentType: "application/json"])
        do {
            let (response, bytes) = try await http.send(request, body: .bytes(body), limit: 1 << 20)
            try check(response, bytes)
            return bytes
        } catch let error as TransferError {
            throw SuiError.unavailable(error.message)
        }
    }

    private func check(_ response: HTTPResponse, _ bytes: [UInt8]) throws(SuiError) {
        let status = response.status.code
        let pause = response.retryAfter()
        if Self.temporaryStatuses.contains(status) {
            throw .unavailable("status \(status)", retryAfter: pause)
        }
        // A reply that is no JSON has no errors that can be read; decoding its data fails later.
        let problem = (try? Wire.decode(Problems.self, from: bytes))?.errors?.first
        if let problem {
            let message = ErrorResponse.summary(of: Array(problem.message.utf8)) ?? "no reason given"
            guard let code = problem.extensions?.code, Self.temporaryCodes.contains(code) else {
                throw .refused(message)
            }
            throw .unavailable("\(message) (\(code))", retryAfter: pause)
        }
        guard status == 200 else { throw .unexpected("status \(status)") }
    }
}

/// A page of a list.
struct GraphQLPage<Node: Decodable>: Decodable {
    struct Info: Decodable {
        let hasPreviousPage: Bool
        let startCursor: String?
    }
    let pageInfo: Info?
    let nodes: [Node]

    /// The cursor of the page before this one; nil if there is none.
    var previous: String? { pageInfo?.hasPreviousPage == true ? pageInfo?.startCursor : nil }
}

/// A value of Move with its type; each may be unknown to the endpoint.
struct MoveContents<Content: Decodable>: Decodable {
    struct MoveType: Decodable { let repr: String }
    let type: MoveType?
    let json: Content?
}

/// An object of Move.
struct MoveObject<Content: Decodable>: Decodable {
    let contents: MoveContents<Content>?
}
