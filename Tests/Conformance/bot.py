"""A running bot, with a fake Telegram, and a topic that posts go to."""

import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.request

from telegram import TOKEN, Telegram


def free_port():
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Bot:
    def __init__(self, products):
        self.products = pathlib.Path(products).resolve()

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.telegram = Telegram()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.telegram.url,
            "OKAI_ADMINS": "42",
            "OKAI_DATA_DIR": self.folder.name,
            "WEBHOOK_PORT": str(port),
            "WALRUS_AGGREGATOR_URL": "embedded",
            "WALRUS_PUBLISHER_URL": "embedded",
            "LOG_LEVEL": "error",
        }
        self.process = subprocess.Popen([self.products / "okaibot", "serve"], env=environment)
        try:
            self.wait_until_up()
            self.secret = self.registered()
        except BaseException:
            self.process.kill()
            raise
        self.topic = f"{self.url}/{self.secret}"
        return self

    def registered(self):
        """The secret of a new topic."""
        self.telegram.say("/register build")
        text = self.telegram.next("/unregister build")["text"]
        return re.search(r"http://127\.0\.0\.1:\d+/([A-Za-z0-9_-]{43})", text)[1]

    def wait_until_up(self):
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the bot does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        code = self.process.wait(20)
        self.telegram.close()
        self.folder.cleanup()
        if code != 0:
            raise AssertionError(f"the bot ended with {code}")
