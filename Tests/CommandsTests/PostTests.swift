import Commands
import Contract
import Foundation
import Store
import Support
import Telegram
import Testing

@Suite("Posts in the chat", .timeLimit(.minutes(10)))
struct PostTests {
    /// The text, as Telegram's HTML, and the buttons of the message for the post.
    private static func sent(_ change: (inout TopicPost) -> Void) async throws -> (
        text: String, buttons: [String]
    ) {
        var post = TopicPost(topic: "nightly", text: "x")
        change(&post)
        return try await sent(post)
    }

    private static func sent(_ post: TopicPost) async throws -> (text: String, buttons: [String]) {
        let chat = try ChatFixture()
        let message = NewMessage(.post(post), chat: 42, createdAt: chat.now)
        try await chat.store.write { try $0.enqueue(message) }
        let row = try #require(try await chat.store.read { try $0.outboxMessage(1) })
        let rendered = try #require(try await chat.render(row))
        let buttons = (rendered.keyboard?.rows ?? []).flatMap(\.self).map { "\($0.text) \($0.url ?? "copy")" }
        return (String(rendered.text.html.dropFirst("🔔 <b>nightly</b>\n".count)), buttons)
    }

    @Test(
        "Markdown is shown as bold, italic, code, quotes, lists and links",
        arguments: [
            ("## Two *words*", "<b>Two </b><b>words</b>"), ("**a** and __b__", "<b>a</b> and <b>b</b>"),
            ("*a* _b_ ***c***", "<i>a</i> <i>b</i> <b>c</b>"),
            ("`a*b*` ``c`d``", "<code>a*b*</code> <code>c`d</code>"),
            ("- one\n* two\n1. three", "• one\n• two\n1. three"),
            ("> said\n>more\n\nend", "<blockquote>said\nmore</blockquote>\n\nend"),
            (
                "```py\nx = \"*1*\" < 2\n```\nend",
                "<pre><code class=\"language-py\">x = \"*1*\" &lt; 2</code></pre>\nend"
            ),
            ("```\nopen", "<pre>open</pre>"),
            (
                "see [the log](https://ci.example.org/?a=1&b=2)!",
                "see <a href=\"https://ci.example.org/?a=1&amp;b=2\">the log</a>!"
            ),
            ("[x](javascript:alert) [y] (z)", "x (javascript:alert) [y] (z)"),
            (
                "https://r.example.org/_run_/7 **http://r.example.org/a_b**",
                "https://r.example.org/_run_/7 <b>http://r.example.org/a_b</b>"
            ),
            (
                "[see **log** `7`](https://r.example.org)",
                #"<a href="https://r.example.org">see log 7</a>"#
            ),
            ("snake_case_name, 2 * 3 * 4, a\\*b\\*, **open", "snake_case_name, 2 * 3 * 4, a*b*, **open"),
            ("~~gone~~ # no head\n---", "gone # no head\n———"),
            ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ]
    )
    func markdown(_ text: String, _ html: String) async throws {
        let shown = try await Self.sent { ($0.text, $0.isMarkdown) = (text, true) }
        #expect(shown.text == html)
        #expect(try TelegramHTML.parse(shown.text) != "")
    }

    @Test("Markdown that does not ask for it stays as it is")
    func plain() async throws {
        #expect(try await Self.sent { $0.text = "**a** `b`" }.text == "**a** `b`")
    }

    @Test(
        "marks that never end are rendered in linear time",
        arguments: ["*a ", "**a", "_*", "[", "[a](", "`", "`a``", "~~", "![", "\\", "> *", "# _a", "*_a_ "]
    )
    func unended(_ mark: String) async throws {
        // Behind them stands what begins like a link, and is none.
        let text =
            String(repeating: mark, count: 300_000 / mark.count) + "](" + String(repeating: "u", count: 3_000)
        let shown = try await Self.sent { ($0.text, $0.isMarkdown) = (text, true) }
        #expect(!shown.text.isEmpty)
    }

    @Test("links and texts to copy are buttons; what no button can do is named")
    func actions() async throws {
        let long = String(repeating: "k", count: 257)
        let shown = try await Self.sent { post in
            post.actions = [
                .open(label: "Log", url: "https://ci.example.org/7"), .copy(label: "Code", text: "4711"),
                .unsupported(kind: "http", label: "Close door"),
            ]
        }
        #expect(shown.buttons == ["Log https://ci.example.org/7", "Code copy"])
        #expect(shown.text == "x\n<i>Close door: a button that only ntfy's own apps have</i>")
        let other = try await Self.sent { post in
            post.actions = [.open(label: "Map", url: "geo:1;2"), .copy(label: "Key", text: long)]
        }
        #expect(other.buttons == [])
        #expect(other.text == "x\nMap: <code>geo:1;2</code>\nKey: <code>\(long)</code>")
    }

    @Test("a link is shown whole: as a button, or as text where it is too long for one")
    func links() async throws {
        let short = "https://ci.example.org/" + String(repeating: "s", count: 1_000)
        let long = "https://ci.example.org/" + String(repeating: "l", count: 2_500)
        #expect(try await Self.sent { $0.link = short }.buttons == ["🔗 Open \(short)"])
        let foreign = "https://ci.example.org/läufe/7?q=ß"
        let encoded = "https://ci.example.org/l%C3%A4ufe/7?q=%C3%9F"
        #expect(try await Self.sent { $0.link = foreign }.buttons == ["🔗 Open \(encoded)"])
        let shown = try await Self.sent { $0.link = long }
        #expect(shown.buttons == [] && shown.text == "x\n\(long)")
    }

    @Test("a file elsewhere is a button, or a line where no button can open it")
    func attachments() async throws {
        let file = TopicPost.Attachment(place: .url("https://files.example.org/a.pdf"), name: "a.pdf")
        #expect(
            try await Self.sent { $0.attachment = file }.buttons == [
                "📎 a.pdf https://files.example.org/a.pdf"
            ]
        )
        let local = TopicPost.Attachment(place: .url("http://nas/a.pdf"))
        #expect(try await Self.sent { $0.attachment = local }.text == "x\n📎 <code>http://nas/a.pdf</code>")
    }

    @Test("tags with the name of an emoji are emoji, other tags are words")
    func tags() async throws {
        let shown = try await Self.sent {
            $0.tags = ["stopwatch", "arrow_up", "thermometer", "es", "calendar", "db 1"]
        }
        #expect(shown.text == "⏱️⬆️🌡️🇪🇸📆 x\n<i>db 1</i>")
    }
}
