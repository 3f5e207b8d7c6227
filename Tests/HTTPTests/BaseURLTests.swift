import HTTP
import HTTPTypes
import Testing

@Suite("Base URL")
struct BaseURLTests {
    @Test(
        "a valid URL is parsed, and its trailing slash is dropped",
        arguments: [
            ("https://api.telegram.org", "https://api.telegram.org"),
            ("HTTPS://Example.ORG/", "https://example.org"),
            ("http://127.0.0.1:8888/api/", "http://127.0.0.1:8888/api"),
            ("http://[::1]:80/a/b//", "http://[::1]:80/a/b"),
            ("https://example.org/bot%2F1", "https://example.org/bot%2F1"),
        ]
    )
    func accepted(text: String, expected: String) throws {
        #expect(try BaseURL(text).description == expected)
    }

    @Test(
        "an invalid URL is an error",
        arguments: [
            ("example.org", .scheme),
            ("ftp://example.org", .scheme),
            ("https://", .host("")),
            ("https://:80", .host("")),
            ("https://exa mple.org", .host("exa mple.org")),
            ("https://[::1", .host("[::1")),
            ("https://[localhost]", .host("[localhost]")),
            ("https://example.org:0", .port(":0")),
            ("https://example.org:65536", .port(":65536")),
            ("https://example.org:", .port(":")),
            ("https://example.org:+80", .port(":+80")),
            ("https://[::1]80", .port("80")),
            ("https://user:secret@example.org", .userInfo),
            ("https://example.org/?a=b", .queryOrFragment),
            ("https://example.org#top", .queryOrFragment),
            ("https://example.org/a b", .path("/a b")),
        ] as [(String, BaseURLError)]
    )
    func refused(text: String, error: BaseURLError) {
        #expect(throws: error) { try BaseURL(text) }
    }

    @Test("a request joins prefix, path and percent-encoded query")
    func request() throws {
        let base = try BaseURL("https://example.org/api")
        let request = base.request(
            .put,
            "/v1/blobs",
            query: [("epochs", "5"), ("name", "a b&c=ä+/~")],
            headers: [.accept: "*/*"]
        )
        #expect(request.method == .put)
        #expect(request.scheme == "https")
        #expect(request.authority == "example.org")
        #expect(request.path == "/api/v1/blobs?epochs=5&name=a%20b%26c%3D%C3%A4%2B%2F~")
        #expect(request.headerFields[.accept] == "*/*")
    }

    @Test(
        "there is exactly one slash between prefix and path",
        arguments: [
            ("https://a.b", "", "/"), ("https://a.b", "c", "/c"), ("https://a.b", "/c", "/c"),
            ("https://a.b/p", "", "/p"), ("https://a.b/p", "c", "/p/c"), ("https://a.b/p/", "/c", "/p/c"),
        ]
    )
    func joining(base: String, path: String, expected: String) throws {
        #expect(try BaseURL(base).request(.get, path).path == expected)
    }

    @Test(
        "loopback hosts are recognised",
        arguments: [
            ("http://localhost:1", true), ("http://127.0.0.1", true), ("http://127.255.0.9:80", true),
            ("http://[::1]:9", true), ("http://127.0.0.1.example.org", false), ("http://10.0.0.1", false),
            ("http://[::2]", false), ("http://localhost.example.org", false), ("http://127.0.0", false),
        ]
    )
    func loopback(text: String, expected: Bool) throws {
        #expect(try BaseURL(text).isLoopback == expected)
    }
}
