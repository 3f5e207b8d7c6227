"""Measures posts to a topic: each is on disk before it is answered.

usage: scripts/bench webhook [--peer] [--million]

  --peer     also an aiohttp handler that stores the same row with sqlite3, and one that stores nothing
  --million  also a million posts in a row, with rate and memory every ten seconds
"""

import json
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import http.server

SECONDS = 8
CONNECTIONS = [16, 64]
BODY = '{"message": "data pulled, 3858 bytes"}'


def main():
    products = pathlib.Path(sys.argv[1]).resolve()
    for tool in ["wrk", "hey"]:
        if not shutil.which(tool):
            sys.exit(f"the benchmark needs {tool}: apt-get install {tool}")
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(products / "okaibot", folder)
        measure("okaibot", bot.topic(), bot.process.pid)
        if "--million" in sys.argv:
            million(bot)
        bot.stop()
    if "--peer" in sys.argv:
        python = peers_python()
        for durability in ["FULL", "none"]:
            with tempfile.TemporaryDirectory() as folder:
                peer = pathlib.Path("scripts/benchmarks/peers/webhook.py").resolve()
                process = subprocess.Popen([python, peer, durability], cwd=folder, stdout=subprocess.PIPE, text=True)
                measure(f"aiohttp, durability {durability}", process.stdout.readline().strip(), process.pid)
                process.kill()
                process.wait()


def measure(name, url, pid):
    for connections in CONNECTIONS:
        rate, p50, p99 = wrk(url, connections)
        print(f"{name:28} {connections:3} connections {rate:9.0f} posts/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
    half = rate_of_half_load(url)
    print(f"{name:28} at half of its load of {CONNECTIONS[0]} connections: {half}")
    print(f"{name:28} memory {memory(pid)}")


def wrk(url, connections, seconds=SECONDS):
    """Posts per second, and the median and the 99th percentile in milliseconds."""
    script = pathlib.Path(tempfile.gettempdir()) / "okai-post.lua"
    script.write_text(
        f"wrk.method='POST' wrk.body='{BODY}' wrk.headers['Content-Type']='application/json'\n"
        "done = function(s, l, r) io.write(string.format('%d %f %f %d\\n', s.requests, s.duration / 1e6,"
        " l:percentile(50) / 1e3, l:percentile(99))) end\n"
    )
    # One thread of wrk: the server gets the other core.
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script, url], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in out:
        sys.exit(f"some posts were refused:\n{out}")
    requests, duration, p50, p99 = out.strip().split("\n")[-1].split()
    return int(requests) / float(duration), float(p50), float(p99) / 1e3


def rate_of_half_load(url):
    rate, _, _ = wrk(url, CONNECTIONS[0], 3)
    each = int(rate / 2 / CONNECTIONS[0])
    out = subprocess.run(
        ["hey", "-z", f"{SECONDS}s", "-c", str(CONNECTIONS[0]), "-q", str(each), "-m", "POST", "-d", BODY, url],
        capture_output=True, text=True, check=True,
    ).stdout
    found = dict(re.findall(r"(\d+)%+ in ([\d.]+) secs", out))
    sent = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    return f"{sent:.0f} posts/s   p50 {float(found['50']) * 1e3:.2f} ms   p99 {float(found['99']) * 1e3:.2f} ms"


def million(bot):
    url, done, start = bot.topic(), 0, time.monotonic()
    while done < 1_000_000:
        rate, _, p99 = wrk(url, CONNECTIONS[0], 10)
        done += int(rate * 10)
        print(f"  after {done:8} posts: {rate:7.0f} posts/s   p99 {p99:6.2f} ms   memory {memory(bot.process.pid)}")
    print(f"  a million posts took {time.monotonic() - start:.0f} s")


def memory(pid):
    status = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
    resident, own = (int(status[key].split()[0]) / 1024 for key in ["VmRSS", "RssAnon"])
    return f"{resident:.1f} MiB resident, {own:.1f} MiB of it its own"


def peers_python():
    folder = pathlib.Path(".build-peers").resolve()
    if not (folder / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "-q", "aiohttp"], check=True)
    return folder / "bin/python"


class Bot:
    """A bot that polls a Telegram in this process, of which we are the admin."""

    def __init__(self, okaibot, folder):
        self.said, self.heard = queue.Queue(), queue.Queue()
        telegram = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        threading.Thread(target=telegram.serve_forever, daemon=True).start()
        environment = {
            "PATH": os.environ["PATH"],
            "TELEGRAM_BOT_TOKEN": "1:AA",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram.server_port}",
            "OKAI_DATA_DIR": folder,
            "OKAI_ADMINS": "42",
            "WEBHOOK_PORT": "0",
            "OKAI_SECRET_RATE": "1000000000",
            "OKAI_ADDRESS_RATE": "1000000000",
            "LOG_LEVEL": "error",
        }
        self.process = subprocess.Popen([okaibot, "serve"], env=environment)
        self.updates, self.topics = 0, 0

    def topic(self):
        """The address of a new topic."""
        self.updates, self.topics = self.updates + 1, self.topics + 1
        person = {"id": 42, "is_bot": False, "first_name": "Ada"}
        message = {
            "message_id": self.updates, "date": 1, "from": person, "text": f"/register t{self.topics}",
            "chat": {"id": 42, "type": "private", "first_name": "Ada"},
        }
        self.heard.put({"update_id": self.updates, "message": message})
        while True:
            address = re.search(r"http://[^<\s]+/[\w-]{43}", self.said.get(timeout=30))
            if address:
                return address[0]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def handler(bot):
        class Telegram(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                method = self.path.rsplit("/", 1)[1]
                self.answer(getattr(self, method, lambda body: True)(body))

            def getMe(self, body):
                return {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}

            def getUpdates(self, body):
                try:
                    update = bot.heard.get(timeout=5)
                except queue.Empty:
                    return []
                return [update]

            def sendMessage(self, body):
                bot.said.put(body["text"])
                return {"message_id": 1, "date": 1, "chat": {"id": 42, "type": "private"}}

            def answer(self, result):
                data = json.dumps({"ok": True, "result": result}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        return Telegram


main()
