"""Measures the time from a command to its worker and to the end of the run, and the memory of an idle bot.

The unit beside the times is the start of a Python interpreter, measured in turn with the runs, so that figures of
different machines compare.
"""

import contextlib
import http.server
import json
import os
import pathlib
import signal
import sqlite3
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
        claimed, finished, unit = runs(products / "okaibot", folder)
    with tempfile.TemporaryDirectory() as folder:
        resident, own = idle(products / "okaibot", folder)
    python = statistics.median(unit)
    print(f"start of python3                 {python * 1000:7.1f} ms   (median of {RUNS}, the unit)")
    for name, times in [("/train → worker has its job", claimed), ("/train → iris run finished", finished)]:
        middle, worst = statistics.median(times), max(times)
        print(f"{name:32} {middle * 1000:7.1f} ms   {middle / python:5.1f} units, at most {worst * 1000:.1f} ms")
    print(f"memory of an idle serve          {resident / 1024:7.1f} MiB  resident, {own / 1024:.1f} MiB of it its own")


def runs(okaibot, folder):
    """Seconds from writing the line to the worker's claim, seconds to the end message, and the unit of each round.

    The times come from the database, so that builds with different chat texts can be compared.
    """
    chat = subprocess.Popen(
        [okaibot, "chat"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, bufsize=1
    )
    database = pathlib.Path(folder) / "okai-data/chat/okai.sqlite"
    claimed, finished, unit = [], [], []
    for run in range(1, RUNS + 2):
        unit.append(timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
        asked = time.time()
        chat.stdin.write(f"/train {IRIS} seed={run}\n")
        finished.append(end_of(run, database, chat) - asked)
        claimed.append(query(database, "SELECT at FROM runEvent WHERE runID = ? AND what = 'started'", run) - asked)
    chat.stdin.close()
    if chat.wait(timeout=60) != 0:
        sys.exit("okaibot chat failed")
    return claimed[1:], finished[1:], unit[1:]  # the first run includes the start of the bot


def end_of(run, database, chat):
    """Waits until the end message of the run is sent, and returns the time; at most 5 ms late."""
    while chat.poll() is None:
        if query(database, "SELECT 1 FROM outbox WHERE kind = 'ended' AND subject = ? AND state = 'sent'", run):
            return time.time()
        time.sleep(0.005)
    sys.exit(f"okaibot chat ended before run {run}")


def query(database, sql, run):
    """The first value of the result; None while there is none, or no database yet."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return next((value for (value,) in connection.execute(sql, [run])), None)
    except sqlite3.OperationalError:
        return None


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
