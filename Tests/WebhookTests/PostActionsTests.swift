import HTTPTypes
import Store
import Testing

@testable import Webhook

@Suite("Buttons that senders ask for")
struct PostActionsTests {
    @Test(
        "the short form is read, with names, quotes and escapes",
        arguments: [
            ("view, Open log, https://ci.example.org/7", [open("Open log", "https://ci.example.org/7")]),
            (
                "action=copy, label='Code; now', value=\"say \\\"hi\\\", twice\"; view,L,url=https://a.example.org,clear=true",
                [.copy(label: "Code; now", text: "say \"hi\", twice"), open("L", "https://a.example.org")]
            ),
            (
                "http, Close door, https://home.example.org/, method=PUT, headers.Authorization=Bearer x, body={\"a\": 1}",
                [.unsupported(kind: "http", label: "Close door")]
            ),
            (
                "broadcast, Take picture, extras.cmd=pic;",
                [.unsupported(kind: "broadcast", label: "Take picture")]
            ),
            (
                #"[{"action": "VIEW", "label": "L", "url": "https://b.example.org", "clear": true}]"#,
                [open("L", "https://b.example.org")]
            ),
            ("view, Größe =?, https://c.example.org/?a=b", [open("Größe =?", "https://c.example.org/?a=b")]),
        ]
    )
    func read(_ text: String, _ expected: [TopicPost.Action]) throws {
        #expect(try ActionsParser.actions(in: text) == expected)
    }

    @Test(
        "what cannot be read is refused with a sentence that names it",
        arguments: [
            ("dance, Now", "\"dance\""), ("view", "no label"), ("view, Open", "no url"),
            ("copy, C", "no value"),
            ("view, \"Open", "no end"), ("view, 'a' b, c", "missing"),
            ("view, L, https://x, extra", "\"extra\""),
            ("[1, 2", "JSON"), ("[4]", "array of objects"),
            ("view,a,b;view,a,b;view,a,b;view,a,b", "there are 4"),
        ]
    )
    func refused(_ text: String, _ part: String) {
        let error = #expect(throws: WebhookError.self) { try ActionsParser.actions(in: text) }
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }

    @Test("a sentence repeats only the beginning of what was written")
    func excerpt() {
        let text = String(repeating: "dance ", count: 90_000)
        let error = #expect(throws: WebhookError.self) { try ActionsParser.actions(in: text + ",Now") }
        #expect((error?.description.count ?? .max) < 200)
    }

    private static func open(_ label: String, _ url: String) -> TopicPost.Action {
        .open(label: label, url: url)
    }
}
