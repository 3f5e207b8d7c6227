import HTTP
import Testing

@Suite("Redaction")
struct RedactionTests {
    @Test(
        "secrets are replaced, and other text is not changed",
        arguments: [
            (
                "https://api.telegram.org/bot123456:AAE-x_9/getMe failed",
                "https://api.telegram.org/bot<redacted>/getMe failed"
            ),
            ("bot1%3Aabc and bot2:def", "bot<redacted> and bot<redacted>"),
            ("Authorization: Bearer abc.def-ghi, x", "Authorization: Bearer <redacted>, x"),
            ("authorization: bearer  s3cret", "authorization: Bearer <redacted>"),
            ("at http://user:pass@host/x", "at http://<redacted>@host/x"),
            ("bot says: hello, mail me@example.org", "bot says: hello, mail me@example.org"),
            ("", ""),
        ]
    )
    func redacted(text: String, expected: String) {
        #expect(Redaction.redact(text) == expected)
    }

    @Test("the message of a transfer error is redacted")
    func error() {
        let error = TransferError(.other, "no route to /bot1:abc/x", requestMayHaveArrived: false)
        #expect("\(error)" == "no route to /bot<redacted>/x")
    }
}
