import Contract
import Hummingbird

/// What the door offers, for machines: the OpenAPI 3.1 description at `/openapi.json`.
///
/// A test holds it against the routes that there are.
package struct OpenAPI: Encodable, Sendable {
    struct Info: Encodable {
        let title = "OKAI Bot"
        let version = "1"
    }

    struct Operation: Encodable {
        let summary: String
        var security: [[String: [String]]] = []
        var parameters: [Parameter] = []
        var requestBody: Body?
        var responses: [String: Answer]
    }

    struct Parameter: Encodable {
        let name: String
        let `in`: String
        var required = true
        let schema: Schema
    }

    struct Body: Encodable {
        var required = true
        let content: [String: Media]
    }

    struct Answer: Encodable {
        let description: String
        var content: [String: Media]?
    }

    struct Media: Encodable {
        let schema: Schema
    }

    struct Schema: Encodable {
        let type: String
        var properties: [String: Schema]?
        var required: [String]?
    }

    struct Scheme: Encodable {
        let type = "http"
        let scheme = "bearer"
        let description: String
    }

    struct Components: Encodable {
        let securitySchemes: [String: Scheme]
    }

    let openapi = "3.1.0"
    let info = Info()
    /// By path, then by method in lower case.
    let paths: [String: [String: Operation]]
    let components = Components(securitySchemes: [
        "launchToken": Scheme(
            description: "the token that a worker was started with; it claims one job, once"
        ),
        "enrolmentToken": Scheme(description: "the token that lies in an image; it asks for a job"),
        "leaseToken": Scheme(description: "the token that the worker made when it claimed its job"),
    ])

    private enum CodingKeys: CodingKey { case openapi, info, paths, components }
}

extension OpenAPI {
    /// All that the bot's own routes offer.
    package static let door = OpenAPI(paths: [
        "/health": [
            "get": Operation(
                summary: "Whether the bot is there.",
                responses: .refusals(429).merging(["200": .text("OK")]) { $1 }
            )
        ],
        "/openapi.json": [
            "get": Operation(
                summary: "This description.",
                responses: .refusals(429).merging(["200": .json("OpenAPI 3.1")]) { $1 }
            )
        ],
        "/{secret}": ["post": .notification, "put": .notification],
        "/v1/images/{name}": [
            "get": Operation(
                summary: "Whether there is an image of this name.",
                parameters: [Parameter(name: "name", in: "path", schema: Schema(type: "string"))],
                responses: .refusals(404, 429).merging(["204": Answer(description: "there is")]) { $1 }
            )
        ],
        "/v1/claim": [
            "post": Operation(
                summary: "Gives a machine without a job one that waits, and the token that claims it.",
                security: [["enrolmentToken": []]],
                responses: .refusals(401, 429, 503).merging([
                    "200": .json("the job's id and its launch token"),
                    "204": Answer(description: "none waits"),
                ]) { $1 }
            )
        ],
        "/v1/jobs/{id}/claim": [
            "post": .worker(
                "Claims a job; the same pair of tokens is answered the same again.",
                by: "launchToken",
                body: Schema(
                    type: "object",
                    properties: ["leaseToken": Schema(type: "string")],
                    required: ["leaseToken"]
                )
            )
        ],
        "/v1/jobs/{id}/publisher-token": [
            "post": .worker(
                "Gives a token that opens the publisher for one blob of this size.",
                by: "leaseToken",
                body: Schema(
                    type: "object",
                    properties: ["size": Schema(type: "integer")],
                    required: ["size"]
                )
            )
        ],
        "/v1/jobs/{id}/file": [
            "get": .file(
                "Gives the chat's file that the job needs.",
                responses: .refusals(401, 404, 410, 413, 429, 503).merging(["200": .bytes("the file")]) { $1 }
            )
        ],
        "/v1/jobs/{id}/answer": [
            "put": .file(
                "Takes a file that the chat is to get; a repeat replaces it.",
                body: .init(content: ["application/octet-stream": .init(schema: .init(type: "string"))]),
                responses: .refusals(400, 401, 404, 413, 429, 503).merging([
                    "204": .init(description: "taken")
                ]) {
                    $1
                }
            )
        ],
        "/v1/jobs/{id}/events": [
            "post": .worker(
                "Reports numbered events, none of them as a heartbeat; says whether to go on.",
                by: "leaseToken",
                body: Schema(
                    type: "object",
                    properties: ["events": Schema(type: "array")],
                    required: ["events"]
                )
            )
        ],
    ])
}

extension OpenAPI.Operation {
    fileprivate static let notification = Self(
        summary: "Posts a notification to a chat: answered once it is stored.",
        parameters: [
            .init(name: "secret", in: "path", schema: .init(type: "string")), .header("Idempotency-Key"),
            .header("X-Title"), .header("X-Priority"), .header("X-Tags"), .header("X-Click"),
        ],
        requestBody: .init(content: [
            "application/json": .init(
                schema: .init(
                    type: "object",
                    properties: [
                        "message": .init(type: "string"), "title": .init(type: "string"),
                        "priority": .init(type: "integer"), "tags": .init(type: "array"),
                        "click": .init(type: "string"),
                    ],
                    required: ["message"]
                )
            ),
            "text/plain": .init(schema: .init(type: "string")),
        ]),
        responses: .refusals(400, 404, 408, 413, 429, 503).merging(["200": .text("Notification sent")]) { $1 }
    )

    fileprivate static func file(
        _ summary: String,
        body: OpenAPI.Body? = nil,
        responses: [String: OpenAPI.Answer]
    ) -> Self {
        Self(
            summary: summary,
            security: [["leaseToken": []]],
            parameters: [.init(name: "id", in: "path", schema: .init(type: "integer"))],
            requestBody: body,
            responses: responses
        )
    }

    fileprivate static func worker(_ summary: String, by token: String, body: OpenAPI.Schema) -> Self {
        Self(
            summary: summary,
            security: [[token: []]],
            parameters: [.init(name: "id", in: "path", schema: .init(type: "integer"))],
            requestBody: .init(content: ["application/json": .init(schema: body)]),
            responses: .refusals(400, 401, 404, 408, 413, 429, 503).merging(["200": .json("the answer")]) {
                $1
            }
        )
    }
}

extension OpenAPI.Parameter {
    fileprivate static func header(_ name: String) -> Self {
        Self(name: name, in: "header", required: false, schema: .init(type: "string"))
    }
}

extension OpenAPI.Answer {
    fileprivate static func text(_ words: String) -> Self {
        Self(description: words, content: ["text/plain": .init(schema: .init(type: "string"))])
    }

    fileprivate static func bytes(_ words: String) -> Self {
        Self(
            description: words,
            content: ["application/octet-stream": .init(schema: .init(type: "string"))]
        )
    }

    fileprivate static func json(_ words: String) -> Self {
        Self(description: words, content: ["application/json": .init(schema: .init(type: "object"))])
    }
}

extension [String: OpenAPI.Answer] {
    /// Every refusal has one form: a code for machines and a sentence for people.
    fileprivate static func refusals(_ codes: Int...) -> Self {
        Dictionary(
            uniqueKeysWithValues: codes.map {
                ("\($0)", .json("refused: an error with a code and a message"))
            }
        )
    }
}
