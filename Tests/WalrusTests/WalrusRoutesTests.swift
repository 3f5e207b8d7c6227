import Contract
import Foundation
import HTTP
import HTTPTypes
import Support
import Testing
import Walrus
import WalrusServer

@Suite("Routes of the embedded Walrus", .timeLimit(.minutes(10)))
struct WalrusRoutesTests {
    private static let text = Array("hello walrus".utf8)

    @Test("the first store is newlyCreated, and the next is alreadyCertified")
    func stored() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            let first = try await walrus.send(.put, "/v1/blobs?epochs=3&permanent=true", body: Self.text)
            #expect(first.status == 200)
            let created = try Self.json(first.body)["newlyCreated"]
            #expect(created?["blobObject"]?["blobId"]?.string == "\(id)")
            #expect(created?["blobObject"]?["size"] == 12)
            #expect(created?["blobObject"]?["encodingType"] == "RS2")
            #expect(created?["blobObject"]?["deletable"] == false)
            #expect(created?["blobObject"]?["storage"]?["endEpoch"] == 3)
            #expect(created?["resourceOperation"]?["registerFromScratch"]?["epochsAhead"] == 3)
            let second = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            #expect(try Self.json(second.body)["alreadyCertified"]?["blobId"]?.string == "\(id)")
        }
    }

    /// The kind of result of storing the same blob again, its object and the end of its storage.
    private static func again(_ query: String, _ walrus: EmbeddedWalrus) async throws -> (
        kind: String, object: String?, end: Int64?
    ) {
        let answer = try await walrus.send(.put, "/v1/blobs?\(query)", body: text)
        let result = try json(answer.body)
        if let created = result["newlyCreated"]?["blobObject"] {
            return ("newlyCreated", created["id"]?.string, created["storage"]?["endEpoch"]?.integer)
        }
        let known = result["alreadyCertified"]
        return ("alreadyCertified", known?["object"]?.string, known?["endEpoch"]?.integer)
    }

    @Test("a store buys an object only where none lasts long enough, and says how long the one it has lasts")
    func purchases() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let first = try await Self.again("epochs=7", walrus)
            #expect((first.kind, first.end) == ("newlyCreated", 7))
            let shorter = try await Self.again("epochs=2&quilt_version=v1", walrus)
            #expect((shorter.kind, shorter.object, shorter.end) == ("alreadyCertified", first.object, 7))
            let longer = try await Self.again("epochs=11", walrus)
            #expect((longer.kind, longer.end) == ("newlyCreated", 11))
            let permanent = try await Self.again("epochs=2&permanent=true", walrus)
            #expect((permanent.kind, permanent.end) == ("newlyCreated", 2))
            let forced = try await Self.again("epochs=2&force=true", walrus)
            #expect((forced.kind, forced.end) == ("newlyCreated", 2))
            #expect(Set([first, longer, permanent, forced].map(\.object)).count == 4)
            #expect(try await Self.again("epochs=3", walrus).end == 11)
            let better = try await Self.again("epochs=20&permanent=true&force=true", walrus)
            let best = try await Self.again("epochs=3", walrus)
            #expect(best.object == better.object && best.end == 20)
        }
    }

    @Test("a shared object is named, and only where one was asked for")
    func shared() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let plain = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            #expect(try Self.json(plain.body)["newlyCreated"]?["sharedBlobObject"] == nil)
            let shared = try await walrus.send(.put, "/v1/blobs?share=true&force=true", body: Self.text)
            let address = try Self.json(shared.body)["newlyCreated"]?["sharedBlobObject"]?.string
            #expect(address?.wholeMatch(of: /0x[0-9a-f]{64}/) != nil)
        }
    }

    @Test("the type of an answer is what the request accepts, or else the request's own")
    func contentType() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Self.text.span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            for (headers, type) in [
                ([.accept: "text/csv"], "text/csv"), ([.contentType: "image/png"], "image/png"),
                ([.accept: "*/*", .contentType: "image/png"], "image/png"), ([.accept: "*/*"], nil),
            ] as [(HTTPFields, String?)] {
                let answer = try await walrus.send(.get, "/v1/blobs/\(id)", headers)
                #expect(answer.headers[.contentType] == type)
            }
        }
    }

    @Test("HEAD is answered wherever GET is, also for a part")
    func heads() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Self.text.span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            for path in ["/v1/blobs/\(id)/byte-range?start=1&length=4", "/status", "/v1/api"] {
                let (get, head) = (try await walrus.send(.get, path), try await walrus.send(.head, path))
                #expect((head.status, head.body) == (200, ""))
                #expect(head.headers[.contentLength] == "\(get.body.utf8.count)")
            }
        }
    }

    @Test("the description of the routes is JSON that names each of them")
    func description() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let answer = try await walrus.send(.get, "/v1/api")
            let paths = try Self.json(answer.body)["paths"]
            for path in ["/v1/blobs", "/v1/blobs/{blob_id}", "/v1/blobs/{blob_id}/byte-range", "/status"] {
                #expect(paths?[path] != nil)
            }
        }
    }

    @Test("GET and HEAD have the headers of an aggregator")
    func read() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await walrus.send(method, "/v1/blobs/\(id)", [.accept: "text/plain"])
                #expect(answer.status == 200)
                #expect(answer.headers[.contentLength] == "12")
                #expect(answer.headers[.eTag] == "\(id)")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.body == (method == .get ? "hello walrus" : ""))
            }
        }
    }

    @Test(
        "one range with both ends is served, and other ranges are errors",
        arguments: [
            ("bytes=0-4", 206, "hello"), ("bytes=6-11", 206, "walrus"), ("bytes=11-11", 206, "s"),
            ("bytes=0-12", 416, ""), ("bytes=5-4", 416, ""), ("bytes=-3", 416, ""), ("bytes=3-", 416, ""),
            ("bytes=0-1,3-4", 416, ""), ("lines=0-1", 416, ""),
        ]
    )
    func ranges(_ range: String, _ status: Int, _ body: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            let answer = try await walrus.send(.get, "/v1/blobs/\(id)", [.range: range])
            #expect(answer.status == status)
            if status == 206 {
                #expect(answer.body == body)
                #expect(answer.headers[.contentRange] == range.replacing("=", with: " ") + "/12")
            } else {
                #expect(try Self.reason(answer.body) == "INVALID_BYTE_RANGE")
                #expect(try Self.json(answer.body)["error"]?["status"] == "RANGE_NOT_SATISFIABLE")
            }
        }
    }

    @Test("errors have Walrus' format")
    func errors() async throws {
        try await EmbeddedWalrus.serve(bearer: "lease") { walrus in
            let authorized: HTTPFields = [.authorization: "Bearer lease"]
            let missing = try await walrus.send(.get, "/v1/blobs/\(BlobID(bytes: Array(1...32)))", authorized)
            #expect(missing.status == 404)
            #expect(try Self.reason(missing.body) == "BLOB_NOT_FOUND")
            let malformed = try await walrus.send(.get, "/v1/blobs/abc", authorized)
            #expect(malformed.status == 400)
            #expect(try Self.reason(malformed.body) == "INVALID_ID_FORMAT")
            let stranger = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            #expect(stranger.status == 401)
            #expect(try Self.reason(stranger.body) == "INVALID_TOKEN")
        }
    }

    @Test("an internal error has Walrus' format and shows no path of this machine")
    func internalError() async throws {
        try await EmbeddedWalrus.serve { walrus in
            try FileManager.default.removeItem(atPath: "\(walrus.folder)/blobs")
            let put = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            #expect(put.status == 500)
            #expect(try Self.reason(put.body) == "INTERNAL")
            #expect(!put.body.contains(walrus.folder))
        }
    }

    @Test(
        "an unknown route is an error in Walrus' format",
        arguments: [
            ("GET", "/v1/quilts/x"), ("POST", "/v1/blobs"), ("DELETE", "/v1/blobs/x"),
            ("GET", "/v1/blobs/x/y"),
        ]
    )
    func unknownRoute(_ method: String, _ path: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let answer = try await walrus.send(try #require(HTTPRequest.Method(method)), path)
            #expect(answer.status == 404)
            #expect(try Self.reason(answer.body) == "ROUTE_NOT_FOUND")
        }
    }

    @Test("byte-range serves a range with its own tag, and the range must be within the blob")
    func byteRange() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            let part = try await walrus.send(.get, "/v1/blobs/\(id)/byte-range?start=6&length=3")
            #expect((part.status, part.body) == (200, "wal"))
            #expect(part.headers[.eTag] == "\(id)-6-3")
            for query in [
                "", "?start=0", "?start=0&length=13", "?start=12&length=1", "?start=0&length=0",
                "?start=-1&length=1", "?start=0&length=1&x=1", "?start=9223372036854775807&length=1",
            ] {
                let refused = try await walrus.send(.get, "/v1/blobs/\(id)/byte-range\(query)")
                #expect(refused.status == 400)
                #expect(try Self.reason(refused.body) == "INVALID_BYTE_RANGE")
            }
        }
    }

    @Test("a blob over the read limit is stored but not served")
    func readLimit() async throws {
        let limits = WalrusLimits(put: EmbeddedWalrus.sizeLimit, get: 11)
        try await EmbeddedWalrus.serve(limits: limits) { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            let refused = try await walrus.send(.get, "/v1/blobs/\(id)")
            #expect(refused.status == 403)
            #expect(try Self.reason(refused.body) == "BLOB_TOO_LARGE")
            await #expect(throws: WalrusError.tooLargeToRead(id)) {
                _ = try await walrus.client.fetch(id, to: "\(walrus.folder)/copy")
            }
        }
    }

    @Test(
        "a read with an unknown query parameter is an error",
        arguments: [
            ("cb=1", ""), ("strict_consistency_check=maybe", ""),
            ("strict_consistency_check=true&skip_consistency_check=true", "MALFORMED_REQUEST"),
        ]
    )
    func readQuery(_ query: String, _ reason: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            _ = try await walrus.send(.put, "/v1/blobs", body: Self.text)
            let good = try await walrus.send(.get, "/v1/blobs/\(id)?strict_consistency_check=true")
            #expect(good.status == 200)
            let bad = try await walrus.send(.get, "/v1/blobs/\(id)?\(query)")
            #expect(bad.status == 400)
            if !reason.isEmpty { #expect(try Self.reason(bad.body) == reason) }
        }
    }

    @Test("permanent and deletable together are an error in Walrus' format")
    func persistence() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let bad = try await walrus.send(.put, "/v1/blobs?permanent=true&deletable=true", body: Self.text)
            #expect(try Self.reason(bad.body) == "INVALID_BLOB_PERSISTENCE")
        }
    }

    @Test(
        "a store with an invalid query is an error, and nothing is stored",
        arguments: [
            "epoch=5", "epochs=0", "epochs=many", "epochs=-1", "permanent=yes",
            "permanent=true&deletable=true", "epochs=54", "epochs=1&epochs=2",
            "encoding_type=RedStuff", "share=true&send_object_to=0x\(String(repeating: "a", count: 64))",
            "send_object_to=0x1", "send_object_to=me", "quilt_version=v2",
        ]
    )
    func query(_ query: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            #expect(try await walrus.send(.put, "/v1/blobs?\(query)", body: Self.text).status == 400)
            let id = try walrus.encoder.blobID(of: Array("hello walrus".utf8).span)
            #expect(try await walrus.send(.get, "/v1/blobs/\(id)").status == 404)
        }
    }

    @Test("a body over the limit is an error, with and without a Content-Length")
    func tooLarge() async throws {
        try await EmbeddedWalrus.serve { walrus in
            let large = [UInt8](repeating: 0, count: EmbeddedWalrus.sizeLimit + 1)
            #expect(try await walrus.send(.put, "/v1/blobs", body: large).status == 413)
            var chunks = "PUT /v1/blobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            for _ in 0...16 { chunks += "10000\r\n\(String(repeating: "x", count: 1 << 16))\r\n" }
            let answer = try await rawExchange(chunks + "0\r\n\r\n", with: walrus.address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test(
        "a path that leaves the folder is a malformed ID",
        arguments: ["..%2F..%2Fetc%2Fpasswd", "%00", "incoming"]
    )
    func traversal(_ name: String) async throws {
        try await EmbeddedWalrus.serve { walrus in
            let answer = try await walrus.send(.get, "/v1/blobs/\(name)")
            #expect(answer.status == 400)
        }
    }

    private static func json(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private static func reason(_ body: String) throws -> String? {
        try json(body)["error"]?["details"]?.array?.first?["reason"]?.string
    }
}
