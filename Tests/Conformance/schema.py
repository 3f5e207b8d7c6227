"""Holds a running bot against its own OpenAPI document with schemathesis: no 5xx, no answer that is not documented.

First as a stranger, then with the secret of a topic, so that posts are stored, too.

usage: schema.py PRODUCTS CACHE
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request

from bot import Bot
from packages import installed

SETTINGS = [
    "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,response_headers_conformance",
    "--phases", "examples,coverage,fuzzing", "--max-examples", "20", "--seed", "7", "--request-timeout", "10",
    "--generation-database", "none", "--suppress-health-check", "all", "--no-color",
]  # fmt: skip
# Seconds for each of the two.
MOST = 30


def main():
    products, cache = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    packages = installed(cache, "schemathesis==4.32.5")
    with Bot(products) as bot:
        document = json.loads(urllib.request.urlopen(f"{bot.url}/openapi.json", timeout=10).read())
        stranger = tried(bot, packages, document)
        insert(bot.secret, document)
        before = bot.telegram.count()
        holder = tried(bot, packages, document)
        if bot.telegram.count() == before:
            sys.exit("no post of schemathesis came to the chat")
    print(f"schemathesis: {stranger} requests of a stranger and {holder} with a topic's secret are answered as documented")


def insert(secret, part):
    """Makes the secret the only value of parameters and fields that mean one."""
    if isinstance(part, dict):
        if (part.get("in"), part.get("name")) == ("path", "secret"):
            part["schema"] = {"enum": [secret]}
        fields = part.get("properties", {})
        if "topic" in fields and "id" not in fields:  # A post; an answer has an id, too.
            fields["topic"] = {"enum": [secret]}
    for below in part.values() if isinstance(part, dict) else part if isinstance(part, list) else []:
        insert(secret, below)


def tried(bot, packages, document):
    """The number of requests that were answered as the document says."""
    file = pathlib.Path(bot.folder.name) / "document.json"
    file.write_text(json.dumps(document))
    command = [sys.executable, "-m", "schemathesis.cli", "run", file, "--url", bot.url, "--max-time", str(MOST), *SETTINGS]
    environment = os.environ | {"PYTHONPATH": str(packages)}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=10 * MOST, cwd=bot.folder.name)
    passed = re.search(r"(\d+) generated, \1 passed", said.stdout)
    if said.returncode != 0 or not passed:
        sys.exit(f"the bot does not do what it documents:\n{said.stdout[-6000:]}{said.stderr[-2000:]}")
    return int(passed[1])


main()
