"""Measures the time from a command to its worker and to the end of the run, and the memory of an idle bot.

The unit beside the times is the start of a Python interpreter, measured in turn with the runs, so that figures of
different machines compare.
"""

import http.server
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

IRIS = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
RUNS = 20
IDLE_SECONDS = 20


def main():
    products = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        started, finished, unit = runs(products / "okaibot", folder)
    with tempfile.TemporaryDirectory() as folder:
        resident, own = idle(products / "okaibot", folder)
    python = statistics.median(unit)
    print(f"start of python3                 {python * 1000:7.1f} ms   (median of {RUNS}, the unit)")
    for name, times in [("/train → worker has its job", started), ("/train → iris run finished", finished)]:
        middle, worst = statistics.median(times), max(times)
        print(f"{name:32} {middle * 1000:7.1f} ms   {middle / python:5.1f} units, at most {worst * 1000:.1f} ms")
    print(f"memory of an idle serve          {resident / 1024:7.1f} MiB  resident, {own / 1024:.1f} MiB of it its own")


def runs(okaibot, folder):
    """Seconds from writing the line to the worker's claim, seconds to the end of the run, and the unit of each round."""
    chat = subprocess.Popen(
        [okaibot, "chat"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    started, finished, unit = [], [], []
    for number in range(RUNS + 1):
        unit.append(timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
        asked = time.monotonic()
        chat.stdin.write(f"/train {IRIS} seed={number}\n")
        started.append(wait(chat, f"Run {number + 1} · ", ("started", "pulling", "training")) - asked)
        finished.append(wait(chat, f"Run {number + 1} finished", ("",)) - asked)
    chat.stdin.close()
    if chat.wait(timeout=60) != 0:
        sys.exit("okaibot chat failed")
    return started[1:], finished[1:], unit[1:]  # the first run includes the start of the bot


def wait(chat, start, words):
    for line in chat.stdout:
        if line.startswith(start) and any(word in line for word in words):
            return time.monotonic()
    sys.exit(f"okaibot chat ended before it said: {start}")


def timed(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def idle(okaibot, folder):
    """Resident memory and private memory (RssAnon), in kilobytes."""
    telegram = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Telegram)
    threading.Thread(target=telegram.serve_forever, daemon=True).start()
    environment = {
        "PATH": os.environ["PATH"],
        "TELEGRAM_BOT_TOKEN": "1:AA",
        "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram.server_port}",
        "OKAI_DATA_DIR": folder,
        "OKAI_ADMINS": "1",
        "WEBHOOK_PORT": "0",
    }
    bot = subprocess.Popen([okaibot, "serve"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        time.sleep(IDLE_SECONDS)
        status = pathlib.Path(f"/proc/{bot.pid}/status").read_text()
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.wait(timeout=30)
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields["VmRSS"].split()[0]), int(fields["RssAnon"].split()[0])


class Telegram(http.server.BaseHTTPRequestHandler):
    """The part of the Bot API that an idle bot calls."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        method = self.path.rsplit("/", 1)[1]
        if method == "getUpdates":
            time.sleep(5)
        result = {"getMe": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}, "getUpdates": []}
        body = json.dumps({"ok": True, "result": result.get(method, True)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


main()
