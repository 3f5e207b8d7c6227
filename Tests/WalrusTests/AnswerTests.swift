import Contract
import Foundation
import HTTPTypes
import Testing

@testable import Walrus

@Suite("Answers of Walrus")
struct AnswerTests {
    private static let id = BlobID(bytes: Array(1...32))

    private static func aip(_ code: Int, _ reason: String, domain: String = "daemon.walrus.space") -> String {
        """
        {"error":{"status":"X","code":\(code),"message":"why","details":[{"@type":"DebugInfo","detail":"x"},\
        {"@type":"ErrorInfo","reason":"\(reason)","domain":"\(domain)","metadata":{}}]}}
        """
    }

    private static let guarded = "auth.publisher.walrus.space"

    /// Status, body, the error that it stands for, and whether it may pass.
    private static let errors: [(Int, String, WalrusError, Bool)] = [
        (400, aip(400, "MALFORMED_REQUEST"), .malformed("why"), false),
        (400, aip(400, "INVALID_BLOB_PERSISTENCE"), .malformed("why"), false),
        (400, aip(400, "INVALID_BYTE_RANGE"), .malformed("why"), false),
        (400, aip(400, "INVALID_ID_FORMAT"), .malformed("why"), false),
        (400, "Failed to deserialize query string", .malformed("Failed to deserialize query string"), false),
        (400, aip(400, "INVALID_SIZE", domain: guarded), .unauthorized("why"), false),
        (401, aip(401, "INVALID_SIGNATURE", domain: guarded), .unauthorized("why"), false),
        (403, aip(403, "BLOB_TOO_LARGE"), .tooLargeToRead(id), false),
        (404, aip(404, "BLOB_NOT_FOUND"), .notFound(id), false),
        (404, "nothing here", .notFound(id), false),
        (404, aip(404, "QUILT_PATCH_NOT_FOUND"), .patchNotFound("why"), false),
        (404, aip(404, "OBJECT_ID_RESOLUTION_FAILED"), .objectNotFound("why"), false),
        (413, "length limit exceeded", .tooLarge(limit: nil), false),
        (416, aip(416, "INVALID_BYTE_RANGE"), .rangeRefused("why"), false),
        (418, "no coffee", .refused(status: 418, message: "no coffee"), false),
        (429, "too many requests", .overloaded(retryAfter: .seconds(9)), true),
        (429, aip(429, "TOKEN_ALREADY_USED", domain: guarded), .unavailable("why"), true),
        (451, aip(451, "FORBIDDEN_BLOB"), .forbidden(id), false),
        (500, aip(500, "INTERNAL"), .failed("why"), false),
        (500, "", .failed("no reason given"), false),
        (
            502, "<html>bad gateway</html>",
            .unavailable("<html>bad gateway</html>", retryAfter: .seconds(9)), true
        ),
        (503, aip(503, "BLOB_UNAVAILABLE"), .unavailable("why", retryAfter: .seconds(9)), true),
        (504, aip(504, "INSUFFICIENT_CONFIRMATIONS"), .unavailable("why", retryAfter: .seconds(9)), true),
        (504, aip(504, "EXPIRED_SIGNATURE", domain: guarded), .unavailable("why"), true),
    ]

    @Test("every error is one of ours, and says whether it may pass", arguments: errors)
    func error(_ status: Int, _ body: String, _ expected: WalrusError, _ isTemporary: Bool) {
        let response = HTTPResponse(status: .init(code: status), headerFields: [.retryAfter: "9"])
        let error = ErrorAnswer.error(of: response, body: Array(body.utf8), to: .read, blob: Self.id)
        #expect(error == expected)
        #expect(error.isTemporary == isTemporary)
        #expect(!error.description.contains("\n"))
    }

    @Test(
        "Retry-After is seconds, however many, or a date",
        arguments: [
            ("9", Duration.seconds(9)), ("Tue, 14 Nov 2023 22:13:50 GMT", .seconds(30)),
            ("Tue, 14 Nov 2023 22:13:00 GMT", .zero), ("soon", nil), ("-1", nil), ("", nil),
            ("99999999999999999999", .seconds(Int.max)),
        ]
    )
    func retryAfter(_ text: String, _ pause: Duration?) {
        let now = Date(timeIntervalSince1970: 1_700_000_000)  // 2023-11-14, 22:13:20 UTC
        let response = HTTPResponse(status: .tooManyRequests, headerFields: [.retryAfter: text])
        let error = ErrorAnswer.error(of: response, body: [], to: .store, blob: Self.id, now: now)
        #expect(error == .overloaded(retryAfter: pause))
        #expect(error.description.utf8.count < 80)
    }

    @Test("a redirection says where it leads, without what may be secret there")
    func redirection() {
        let response = HTTPResponse(
            status: .found,
            headerFields: [.location: "https://user:secret@example.org/x"]
        )
        let error = ErrorAnswer.error(of: response, body: [], to: .store, blob: Self.id)
        #expect(error.description.contains("status 302: it points to https://"))
        #expect(error.description.contains("example.org/x"))
        #expect(!error.description.contains("secret"))
    }

    @Test("a long text of many lines becomes one line of a bearable length, without the token in it")
    func words() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmF0dXJl"
        let body = "no\r\n\t\(token)\u{0}\nplease " + String(repeating: "x", count: 2_000)
        let error = ErrorAnswer.error(
            of: HTTPResponse(status: .badRequest),
            body: Array(body.utf8),
            to: .read,
            blob: Self.id
        )
        #expect(error.description.utf8.count < 400)
        #expect(!error.description.contains("eyJ"))
        #expect(!error.description.contains("\n"))
    }

    @Test("a new blob is read with its object, end and persistence; what is not known is skipped")
    func newlyCreated() throws {
        let answer = try StoreAnswer(
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
        #expect((answer.epochs, answer.source) == (1, .stored))
        #expect(answer.object == "0x5a")
    }

    @Test("a blob that was there is read with its event, or with its object")
    func alreadyCertified() throws {
        let event = try StoreAnswer(
            json: Array(
                #"{"alreadyCertified":{"blobId":"\#(Self.id)","event":{"txDigest":"4XQH","eventSeq":"0"},"endEpoch":35}}"#
                    .utf8
            )
        )
        #expect((event.certifiedBy, event.object, event.endEpoch) == ("4XQH", nil, 35))
        let object = try StoreAnswer(
            json: Array(#"{"alreadyCertified":{"blobId":"\#(Self.id)","object":"0x1","endEpoch":35}}"#.utf8)
        )
        #expect((object.certifiedBy, object.object, object.source) == (nil, "0x1", .wasCertified))
    }
}
