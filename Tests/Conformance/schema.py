"""Holds a running bot against its own OpenAPI document with schemathesis: no 5xx, nothing undocumented.

usage: schema.py PRODUCTS CACHE
"""

import os
import pathlib
import subprocess
import sys

from bot import Bot
from packages import installed

EXAMPLES = 15
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main():
    products, cache = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    packages = installed(cache, "schemathesis==4.32.5")
    with Bot(products) as bot:
        command = [
            sys.executable, "-m", "schemathesis.cli", "run", f"{bot.url}/openapi.json", "--url", bot.url,
            "--checks", CHECKS, "--max-examples", str(EXAMPLES), "--seed", "7", "--max-time", "40",
            "--phases", "examples,coverage,fuzzing", "--no-color", "--generation-database", "none",
            "--suppress-health-check", "all", "--request-timeout", "10",
        ]
        environment = os.environ | {"PYTHONPATH": str(packages)}
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, cwd=bot.folder.name)
        if said.returncode != 0:
            sys.exit(f"schemathesis found that the bot does not do what it documents:\n{said.stdout[-6000:]}{said.stderr[-2000:]}")
        print([line for line in said.stdout.splitlines() if line.strip()][-1].strip("= "))


main()
