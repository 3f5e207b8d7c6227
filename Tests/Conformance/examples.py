"""The examples of ntfy's page on publishing that docs/NTFY.md answers, by the row that they belong to."""

import gzip
import pathlib
import re

TABLE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "NTFY.md"
# A PNG of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d4944415478da63fcffff3f0300050001fe0a2db40000000049454e44ae426082"
)
# The row, the arguments of curl (the last may be a path or a query behind the address), and parts of what the chat gets.
EXAMPLES = [
    ("a text", ["-d", "Backup successful 😀"], ["Backup successful 😀"]),
    ("a text", ["-T", "{folder}/notes.txt"], ["lines of notes"]),
    ("a text", ["-H", "Content-Encoding: gzip", "--data-binary", "@{folder}/notes.gz"], ["packed notes"]),
    ("a text", ["-F", "title=From a form", "-F", "message=typed"], ["From a form", "typed"]),
    ("title", ["-H", "Title: Dogs are better", "-d", "than cats"], ["Dogs are better", "than cats"]),
    ("title", ["-H", "ti: =?UTF-8?Q?gr=C3=BC=C3=9Fe?=", "-d", "encoded"], ["grüße", "encoded"]),
    ("priority", ["-H", "X-Priority: 5", "-d", "An urgent one"], ["‼️", "An urgent one"]),
    ("tags", ["-H", "Tags: warning,mailsrv13,daily-backup", "-d", "Unauthorized"], ["⚠️", "mailsrv13, daily-backup"]),
    ("Markdown", ["-H", "Markdown: yes", "-d", "Look ma, **bold text**"], ["<b>bold text</b>"]),
    ("message in a header", ["-H", "Message: in the header", "-X", "POST"], ["in the header"]),
    ("GET", ["/publish?message=by+publish&title=hook"], ["by publish", "hook"]),
    ("GET", ["/send?message=by+send"], ["by send"]),
    ("GET", ["/trigger"], ["triggered"]),
    ("query parameters", ["-d", "by query", "?title=Rack&priority=high&tags=fire"], ["Rack", "🔥", "by query"]),
    ("click", ["-H", "Click: https://example.org/7", "-d", "click me"], ["click me", "https://example.org/7"]),
    (
        "actions",
        ["-H", "Actions: view, Open portal, https://example.org/p; copy, Code, 730288", "-d", "your code"],
        ["your code", "Open portal", "https://example.org/p", "730288"],
    ),
    ("actions http and broadcast", ["-H", "Actions: http, Turn down, https://example.org/", "-d", "warm"], ["warm", "Turn down"]),
    (
        "attach a URL",
        ["-H", "Attach: https://example.org/flower.jpg", "-H", "Filename: f.jpg", "-d", "a flower"],
        ["flower.jpg"],
    ),
    (
        "a local file",
        ["-T", "{folder}/blob.bin", "-H", "Filename: data.bin", "-H", "Message: as a file"],
        ["data.bin", "as a file", "sendDocument"],
    ),
    ("a local file", ["-T", "{folder}/dot.png", "-H", "Filename: dot.png"], ["dot.png", "sendPhoto"]),
    (
        "icon, e-mail, phone call, cache, Firebase, UnifiedPush, X-Poll-ID",
        ["-H", "Icon: https://example.org/i.png", "-H", "Cache: no", "-H", "Email: phil@example.org", "-d", "no icon"],
        ["no icon"],
    ),
    ("user names, passwords, access tokens", ["-u", "phil:mypass", "-d", "no name"], ["no name"]),
    ("nothing at all", ["-X", "POST", "-H", "Title: bare"], ["bare", "triggered"]),
]


def write_files(folder):
    """The files that the examples send."""
    (folder / "notes.txt").write_text("lines of notes\n")
    (folder / "notes.gz").write_bytes(gzip.compress(b"packed notes"))
    (folder / "blob.bin").write_bytes(bytes(range(256)) * 64)
    (folder / "dot.png").write_bytes(PNG)


def documented_rows():
    """The names of the rows of the table in docs/NTFY.md: what is before the colon or the first code."""
    rows = set()
    for line in TABLE.read_text().splitlines():
        if line.startswith("| ") and not line.startswith("| example"):
            plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line.strip("| "))
            rows.add(re.split(r": | `[…?]| \| ", plain)[0].strip(" ,").replace("`", ""))
    return rows
