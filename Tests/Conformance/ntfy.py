"""Posts to a running bot as ntfy's documentation shows with curl, as monitoring programs do, and with clients of ntfy.

Each client must hear that it succeeded, and the chat must get what it posted. Every row of the table in docs/NTFY.md is
tried. Where Caddy is installed, the clients post through it as well.

usage: ntfy.py PRODUCTS CACHE
"""

import json
import pathlib
import shutil
import subprocess
import sys

from bot import Bot
from caddy import Caddy
from clients import by_apprise, by_python_ntfy
from examples import EXAMPLES, documented_rows, write_files
from packages import installed
from senders import sender_posts

# Rows that are no posts over HTTP.
NOT_TRIED = {"e-mail to a topic, Matrix gateway"}


def main():
    products, cache = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if not shutil.which("curl"):
        print("skipped: clients of ntfy need apt-get install curl", file=sys.stderr)
        sys.exit(77)
    sys.path += [str(installed(cache, "apprise==2.3.0")), str(installed(cache, "python-ntfy==0.11.4"))]
    with Bot(products) as bot:
        write_files(pathlib.Path(bot.folder.name))
        tried = set().union(by_curl(bot), by_json(bot), later(bot), without_templates(bot))
        if differing := (tried | NOT_TRIED) ^ documented_rows():
            raise AssertionError(f"rows of docs/NTFY.md and tried rows differ: {differing}")
        by_senders(bot, bot.url)
        by_apprise(bot, bot.url)
        by_python_ntfy(bot, bot.url)
        if Caddy.is_installed():
            with Caddy(bot) as caddy:
                by_senders(bot, f"{caddy.url}/api")
                by_apprise(bot, caddy.url)
                by_python_ntfy(bot, f"{caddy.url}/api")
        else:
            print("skipped: clients of ntfy through Caddy need apt-get install caddy", file=sys.stderr)
    print(f"ntfy: {len(tried)} rows of docs/NTFY.md, senders, Apprise and python-ntfy came to the chat")


def curl(bot, *arguments):
    """The answer to a post: JSON, with status 200."""
    command = ["curl", "-sS", "--fail-with-body", "--max-time", "20", *arguments]
    said = subprocess.run(command, capture_output=True, text=True)
    if said.returncode != 0:
        raise AssertionError(f"{arguments}: {said.stdout}{said.stderr}")
    if bot.secret in said.stdout:
        raise AssertionError(f"the answer tells the secret: {said.stdout}")
    return json.loads(said.stdout)


def by_curl(bot):
    for row, arguments, parts in EXAMPLES:
        since = bot.telegram.count()
        behind = arguments[-1] if arguments[-1].startswith(("?", "/")) else ""
        given = [argument.replace("{folder}", bot.folder.name) for argument in arguments if argument != behind]
        answer = curl(bot, *given, bot.topic + behind)
        if answer.get("event") != "message" or not answer.get("id") or not answer.get("time"):
            raise AssertionError(f"{row}: this is no answer of ntfy: {answer}")
        bot.telegram.expect(parts, since)
    return {row for row, _, _ in EXAMPLES}


def by_json(bot):
    """JSON to the root by POST and PUT, an update of the message, and its end."""
    since = bot.telegram.count()
    curl(bot, "-d", json.dumps({"topic": bot.secret, "message": "disk full", "sequence_id": "disk"}), bot.url)
    curl(bot, "-X", "PUT", "-d", json.dumps({"topic": bot.secret, "message": "by PUT"}), bot.url)
    bot.telegram.expect(["disk full"], since)
    bot.telegram.expect(["by PUT"], since)
    since = bot.telegram.count()
    curl(bot, "-d", "disk empty again", f"{bot.topic}/disk")
    bot.telegram.expect(["disk empty again", "editMessageText"], since)
    since = bot.telegram.count()
    curl(bot, "-X", "PUT", f"{bot.topic}/disk/clear")
    bot.telegram.expect(["cleared", "editMessageText"], since)
    since = bot.telegram.count()
    curl(bot, "-X", "DELETE", f"{bot.topic}/disk")
    bot.telegram.expect(["Deleted by its sender", "editMessageText"], since)
    return {"JSON to the root, POST or PUT", "updating", "clearing and deleting"}


def later(bot):
    """A post for later is listed, and cancelled by its id."""
    since = bot.telegram.count()
    answer = curl(bot, "-H", "In: 3h", "-d", "not before tonight", bot.topic)
    bot.telegram.say("/list")
    bot.telegram.expect(["/register makes a new one", "not before tonight"], since)
    curl(bot, "-X", "DELETE", f"{bot.topic}/{answer['id']}")
    since = bot.telegram.count()
    bot.telegram.say("/list")
    if "not before tonight" in bot.telegram.next("/register makes a new one", since)["text"]:
        raise AssertionError("a delayed post that was deleted is still kept")
    return {"scheduled delivery"}


def without_templates(bot):
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Template: github", "-d", "{}", bot.topic]
    status = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if status != "400":
        raise AssertionError(f"a template is answered {status}")
    return {"message templates"}


def by_senders(bot, server):
    for name, path, headers, body, parts in sender_posts(bot.secret):
        since = bot.telegram.count()
        given = [argument for key, value in headers.items() for argument in ("-H", f"{key}: {value}")]
        if isinstance(body, dict):
            given += ["-H", "Content-Type: application/json"]
            body = json.dumps(body)
        curl(bot, *given, "--data-binary", body, server + path)
        bot.telegram.expect(parts, since)


main()
