"""Posts to a running bot with clients that were written for ntfy, and as ntfy's documentation shows with curl.

Each client must say that it succeeded, and the chat must get what it posted.

usage: ntfy.py PRODUCTS CACHE
"""

import datetime
import json
import pathlib
import subprocess
import sys

from bot import Bot
from packages import installed

# What a test posts, and what the chat must then get: the arguments of curl behind the address; parts of one call.
CURL = {
    "a text": (["-d", "Backup successful 😀"], ["Backup successful 😀"]),
    "PUT of a file": (["-T", "{folder}/notes.txt"], ["lines of notes"]),
    "a title": (["-H", "Title: Dogs are better", "-d", "x1"], ["Dogs are better", "x1"]),
    "a priority": (["-H", "X-Priority: 5", "-d", "An urgent one"], ["‼️", "An urgent one"]),
    "tags": (["-H", "Tags: warning,mailsrv13,daily-backup", "-d", "Unauthorized"], ["⚠️", "mailsrv13, daily-backup"]),
    "Markdown": (["-H", "Markdown: yes", "-d", "Look ma, **bold text**"], ["<b>bold text</b>"]),
    "a message in a header": (["-H", "Message: in the header", "-X", "POST"], ["in the header"]),
    "a query": (["-d", "by query", "?title=Rack&priority=high&tags=fire"], ["Rack", "🔥", "by query"]),
    "a click": (["-H", "Click: https://example.org/7", "-d", "click me"], ["click me", "https://example.org/7"]),
    "short actions": (
        ["-H", "Actions: view, Open portal, https://example.org/p; http, Turn down, https://api.example.org/", "-d", "act"],
        ["Open portal", "https://example.org/p", "Turn down"],
    ),
    "an attached URL": (["-H", "Attach: https://example.org/flower.jpg", "-H", "Filename: f.jpg", "-d", "a flower"], ["flower.jpg"]),
    "a file with its name": (["-T", "{folder}/blob.bin", "-H", "Filename: data.bin", "-H", "Message: as a file"], ["data.bin", "as a file"]),
    "a picture": (["-T", "{folder}/dot.png", "-H", "Filename: dot.png"], ["sendPhoto"]),
    "an encoded title": (["-H", "Title: =?UTF-8?Q?gr=C3=BC=C3=9Fe?=", "-d", "x2"], ["grüße"]),
    "an empty body": (["-X", "POST", "-H", "Title: bare"], ["bare", "triggered"]),
    "gzip": (["-H", "Content-Encoding: gzip", "--data-binary", "@{folder}/notes.gz"], ["packed notes"]),
    "a form": (["-F", "title=From a form", "-F", "message=typed"], ["From a form", "typed"]),
}
# A PNG of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d4944415478da63fcffff3f0300050001fe0a2db40000000049454e44ae426082"
)


def main():
    products, cache = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    sys.path += [str(installed(cache, "apprise==2.3.0")), str(installed(cache, "python-ntfy==0.11.4"))]
    with Bot(products) as bot:
        tried = by_curl(bot) + by_json(bot) + by_get(bot) + later(bot) + by_apprise(bot) + by_python_ntfy(bot)
    print(f"ntfy: {tried} posts by curl, Apprise and python-ntfy came to the chat")


def curl(bot, *arguments):
    """The answer to a post: JSON, with status 200."""
    command = ["curl", "-sS", "--fail-with-body", "--max-time", "20", *arguments]
    said = subprocess.run(command, capture_output=True, text=True)
    if said.returncode != 0:
        raise AssertionError(f"{arguments}: {said.stdout}{said.stderr}")
    answer = json.loads(said.stdout)
    if bot.secret in said.stdout:
        raise AssertionError(f"the answer tells the secret: {said.stdout}")
    return answer


def expect(bot, since, parts):
    """One call since `since` has all the parts."""
    call = bot.telegram.next(parts[0], since)
    for part in parts[1:]:
        if part not in json.dumps(call, ensure_ascii=False):
            raise AssertionError(f"{part!r} is missing in {call}")


def by_curl(bot):
    folder = pathlib.Path(bot.folder.name)
    (folder / "notes.txt").write_text("lines of notes\n")
    (folder / "blob.bin").write_bytes(bytes(range(256)) * 64)
    (folder / "dot.png").write_bytes(PNG)
    subprocess.run(f"printf 'packed notes' | gzip > {folder}/notes.gz", shell=True, check=True)
    for name, (arguments, parts) in CURL.items():
        since = len(bot.telegram.sent)
        given = [argument.format(folder=folder) if "{folder}" in argument else argument for argument in arguments]
        query = given.pop() if given[-1].startswith("?") else ""
        answer = curl(bot, *given, bot.topic + query)
        if answer.get("event") != "message" or len(answer.get("id", "")) != 12:
            raise AssertionError(f"{name}: this is no answer of ntfy: {answer}")
        expect(bot, since, parts)
    return len(CURL)


def by_json(bot):
    """JSON to the root, as Uptime Kuma and others post it; and an update of the message, then its end."""
    since = len(bot.telegram.sent)
    post = {"topic": bot.secret, "title": "[site] [🔴 Down]", "message": "timeout of 48000ms", "priority": 4, "tags": ["red_circle"]}
    post["actions"] = [{"action": "view", "label": "Open Uptime", "url": "https://status.example.org/"}]
    curl(bot, "-d", json.dumps(post | {"sequence_id": "site"}), bot.url)
    expect(bot, since, ["timeout of 48000ms", "Down", "🔴", "Open Uptime"])
    since = len(bot.telegram.sent)
    curl(bot, "-d", "200 OK again", f"{bot.topic}/site")
    expect(bot, since, ["200 OK again", "editMessageText"])
    since = len(bot.telegram.sent)
    curl(bot, "-X", "PUT", f"{bot.topic}/site/clear")
    expect(bot, since, ["editMessageText", "cleared"])
    return 3


def by_get(bot):
    for word in ["publish", "send", "trigger"]:
        since = len(bot.telegram.sent)
        curl(bot, f"{bot.topic}/{word}?message=by+{word}&title=hook")
        expect(bot, since, [f"by {word}", "hook"])
    return 3


def later(bot):
    since = len(bot.telegram.sent)
    answer = curl(bot, "-H", "In: 3h", "-d", "not before tonight", bot.topic)
    bot.telegram.say("/list")
    expect(bot, since, ["not before tonight", "/register makes a new one"])
    curl(bot, "-X", "DELETE", f"{bot.topic}/{answer['id']}")
    since = len(bot.telegram.sent)
    bot.telegram.say("/list")
    if "not before tonight" in bot.telegram.next("Addresses of this chat", since)["text"]:
        raise AssertionError("a delayed post that was deleted is still kept")
    return 1


def by_apprise(bot):
    import apprise

    host = bot.url.removeprefix("http://")
    since = len(bot.telegram.sent)
    sender = apprise.Apprise()
    sender.add(f"ntfy://{host}/{bot.secret}?priority=high&tags=tada&click=https://example.org/a")
    if not sender.notify(title="Apprise says", body="that a backup is done"):
        raise AssertionError("Apprise says that its post failed")
    expect(bot, since, ["that a backup is done", "Apprise says", "🎉"])
    since = len(bot.telegram.sent)
    file = pathlib.Path(bot.folder.name) / "blob.bin"
    if not sender.notify(title="with a file", body="see below", attach=str(file)):
        raise AssertionError("Apprise says that its post with a file failed")
    expect(bot, since, ["blob.bin"])
    return 2


def by_python_ntfy(bot):
    from python_ntfy import NtfyClient

    client = NtfyClient(topic=bot.secret, server=bot.url)
    since = len(bot.telegram.sent)
    view = client.ViewAction(label="Look", url="https://example.org/look")
    client.send("python says hello", title="Python", tags=["snake"], actions=[view], format_as_markdown=True)
    expect(bot, since, ["python says hello", "Python", "🐍", "Look"])
    since = len(bot.telegram.sent)
    client.send_file(pathlib.Path(bot.folder.name) / "notes.txt", title="A file of Python")
    expect(bot, since, ["notes.txt", "A file of Python"])
    client.send("much later", schedule=datetime.datetime.now() + datetime.timedelta(hours=2))
    return 3


main()
