"""The real Caddy with the project's Caddyfile, before a bot."""

import os
import pathlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from bot import free_port

CADDYFILE = pathlib.Path(__file__).resolve().parent.parent.parent / "Caddyfile"


class Caddy:
    @staticmethod
    def is_installed():
        return shutil.which("caddy") is not None

    def __init__(self, bot):
        self.bot = bot

    def __enter__(self):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.bot.folder.name,
            "OKAI_BIND": "127.0.0.1",
            "OKAI_SITE": f":{port}",
            "OKAI_BOT": self.bot.url.removeprefix("http://"),
        }
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", CADDYFILE]
        quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen(command, env=environment, **quiet)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=5).read()
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise AssertionError("Caddy does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
