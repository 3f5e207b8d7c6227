import Contract
import Foundation
import HTTPTypes
import Testing

@testable import Walrus

@Suite("Walrus responses")
struct ResponseTests {
    private static let id = BlobID(bytes: Array(1...32))

    private static func aip(_ code: Int, _ reason: String, domain: String = "daemon.walrus.space") -> String {
        """
        {"error":{"status":"X","code":\(code),"message":"why","details":[{"@type":"DebugInfo","detail":"x"},\
        {"@type":"ErrorInfo","reason":"\(reason)","domain":"\(domain)","metadata":{}}]}}
        """
    }

    private static let authentication = "auth.publisher.walrus.space"

    /// Status, body, the expected error, and whether it is temporary.
    private static let errors: [(Int, String, WalrusError, Bool)] = [
        (400, aip(400, "MALFORMED_REQUEST"), .malformed("why"), false),
        (400, aip(400, "INVALID_BLOB_PERSISTENCE"), .malformed("why"), false),
        (400, aip(400, "INVALID_BYTE_RANGE"), .malformed("why"), false),
        (400, aip(400, "INVALID_ID_FORMAT"), .malformed("why"), false),
        (400, "Failed to deserialize query string", .malformed("Failed to deserialize query string"), false),
        (400, aip(400, "INVALID_SIZE", domain: authentication), .unauthorized("why"), false),
        (401, aip(401, "INVALID_SIGNATURE", domain: authentication), .unauthorized("why"), false),
        (403, aip(403, "BLOB_TOO_LARGE"), .tooLargeToRead(id), false),
        (404, aip(404, "BLOB_NOT_FOUND"), .notFound(id), false),
        (404, "nothing here", .notFound(id), false),
        (404, aip(404, "QUILT_PATCH_NOT_FOUND"), .patchNotFound("why"), false),
        (404, aip(404, "OBJECT_ID_RESOLUTION_FAILED"), .objectNotFound("why"), false),
        (413, "length limit exceeded", .tooLarge(limit: nil), false),
        (416, aip(416, "INVALID_BYTE_RANGE"), .rangeRefused("why"), false),
        (418, "no coffee", .refused(status: 418, message: "no coffee"), false),
        (429, "too many requests", .overloaded(retryAfter: .seconds(9)), true),
        (429, aip(429, "TOKEN_ALREADY_USED", domain: authentication), .unavailable("why"), true),
        (451, aip(451, "FORBIDDEN_BLOB"), .forbidden(id), false),
        (500, aip(500, "INTERNAL"), .failed("why"), false),
        (500, "", .failed("no reason given"), false),
        (
            502, "<html>bad gateway</html>",
            .unavailable("<html>bad gateway</html>", retryAfter: .seconds(9)), true
        ),
        (503, aip(503, "BLOB_UNAVAILABLE"), .unavailable("why", retryAfter: .seconds(9)), true),
        (504, aip(504, "INSUFFICIENT_CONFIRMATIONS"), .unavailable("why", retryAfter: .seconds(9)), true),
        (504, aip(504, "EXPIRED_SIGNATURE", domain: authentication), .unavailable("why"), true),
    ]

    @Test("every error response becomes the expected error", arguments: errors)
    func error(_ status: Int, _ body: String, _ expected: WalrusError, _ isTemporary: Bool) {
        let response = HTTPResponse(status: .init(code: status), headerFields: [.retryAfter: "9"])
        let error = ErrorResponse.error(of: response, body: Array(body.utf8), to: .read, blob: Self.id)
        #expect(error == expected)
        #expect(error.isTemporary == isTemporary)
        #expect(!error.description.contains("\n"))
    }

    @Test(
        "Retry-After is parsed as seconds or a date",
        arguments: [
            ("9", Duration.seconds(9)), ("Tue, 14 Nov 2023 22:13:50 GMT", .seconds(30)),
            ("Tue, 14 Nov 2023 22:13:00 GMT", .zero), ("soon", nil), ("-1", nil), ("", nil),
            ("99999999999999999999", .seconds(Int.max)),
        ]
    )
    func retryAfter(_ text: String, _ pause: Duration?) {
        let now = Date(timeIntervalSince1970: 1_700_000_000)  // 2023-11-14, 22:13:20 UTC
        let response = HTTPResponse(status: .tooManyRequests, headerFields: [.retryAfter: text])
        let error = ErrorResponse.error(of: response, body: [], to: .store, blob: Self.id, now: now)
        #expect(error == .overloaded(retryAfter: pause))
        #expect(error.description.utf8.count < 80)
    }

    @Test("a redirect error names the target without its password")
    func redirection() {
        let response = HTTPResponse(
            status: .found,
            headerFields: [.location: "https://user:secret@example.org/x"]
        )
        let error = ErrorResponse.error(of: response, body: [], to: .store, blob: Self.id)
        #expect(error.description.contains("status 302: the server redirects to https://"))
        #expect(error.description.contains("example.org/x"))
        #expect(!error.description.contains("secret"))
    }

    @Test("a long error text becomes one short line without secrets")
    func longText() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl"
        let body = "no\r\n\t\(token)\u{0}\nplease " + String(repeating: "x", count: 2_000)
        let error = ErrorResponse.error(
            of: HTTPResponse(status: .badRequest),
            body: Array(body.utf8),
            to: .read,
            blob: Self.id
        )
        #expect(error.description.utf8.count < 400)
        #expect(!error.description.contains("eyJ"))
        #expect(!error.description.contains("\n"))
    }

    @Test("a newlyCreated response is parsed, and unknown members are ignored")
    func newlyCreated() throws {
        let answer = try StoreResponse(
            json: Array(
                """
                {"newlyCreated":{"blobObject":{"id":"0xe91e","registeredEpoch":34,"blobId":"\(Self.id)","size":17,\
                "encodingType":"RS2","certifiedEpoch":null,"storage":{"id":"0x4748","startEpoch":34,"endEpoch":35,\
                "storageSize":66034000},"deletable":false,"new":1},"resourceOperation":{"somethingNew":{}},\
                "cost":132300,"sharedBlobObject":"0x5a"},"unknown":[]}
                """.utf8
            )
        )
        #expect(answer.id == Self.id)
        #expect((answer.size, answer.endEpoch, answer.isDeletable) == (17, 35, false))
        #expect((answer.epochs, answer.source) == (1, .newlyCreated))
        #expect(answer.object == "0x5a")
    }

    @Test("an alreadyCertified response is parsed with an event or an object")
    func alreadyCertified() throws {
        let event = try StoreResponse(
            json: Array(
                #"{"alreadyCertified":{"blobId":"\#(Self.id)","event":{"txDigest":"4XQH","eventSeq":"0"},"endEpoch":35}}"#
                    .utf8
            )
        )
        #expect((event.certifiedBy, event.object, event.endEpoch) == ("4XQH", nil, 35))
        let object = try StoreResponse(
            json: Array(#"{"alreadyCertified":{"blobId":"\#(Self.id)","object":"0x1","endEpoch":35}}"#.utf8)
        )
        #expect((object.certifiedBy, object.object, object.source) == (nil, "0x1", .alreadyCertified))
    }

    @Test("a blob that is registered only, or marked as invalid, is not stored")
    func notStored() throws {
        let blob = StoredBlob(id: Self.id, size: 3)
        func created(_ certified: String) throws -> StoreResponse {
            try StoreResponse(
                json: Array(
                    """
                    {"newlyCreated":{"blobObject":{"id":"0x1","blobId":"\(Self.id)","size":3,"encodingType":"RS2",\
                    \(certified)"storage":{"endEpoch":9},"deletable":false}}}
                    """.utf8
                )
            )
        }
        try created(#""certifiedEpoch":7,"#).check(against: blob)
        try created("").check(against: blob)
        #expect(throws: WalrusError.uncertified(Self.id)) {
            try created(#""certifiedEpoch":null,"#).check(against: blob)
        }
        let marked = #"{"markedInvalid":{"blobId":"\#(Self.id)","event":{"txDigest":"4X","eventSeq":"1"}}}"#
        #expect(throws: WalrusError.markedInvalid(Self.id)) { try StoreResponse(json: Array(marked.utf8)) }
        for error in [WalrusError.uncertified(Self.id), .markedInvalid(Self.id)] {
            #expect(!error.description.contains("{"))
            #expect(!error.isTemporary)
        }
    }

    @Test("a publisher that wants a token, or one of another lifetime, is answered with the setting's name")
    func tokens() {
        let refusals = [
            ("Header of type `authorization` was missing", "set WALRUS_PUBLISHER_JWT_SECRET"),
            (
                Self.aip(400, "INVALID_EXPIRATION", domain: Self.authentication),
                "set WALRUS_PUBLISHER_JWT_SECONDS to its --jwt-expiring-sec"
            ),
        ]
        for (body, words) in refusals {
            let error = ErrorResponse.error(
                of: HTTPResponse(status: .badRequest),
                body: Array(body.utf8),
                to: .store,
                blob: Self.id
            )
            guard case .unauthorized = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(error.description.contains(words))
        }
    }
}
