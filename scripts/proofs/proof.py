"""Builds an image by /build, boots it, trains in it, and checks every result that is visible from outside."""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

import sources
from telegram import TOKEN, Telegram

ROOT = pathlib.Path(__file__).resolve().parents[2]
IRIS = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
MISSING = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
began = time.monotonic()


def report(words):
    print(f"[{time.monotonic() - began:6.1f} s] {words}", flush=True)


def check(condition, words):
    if not condition:
        raise SystemExit(f"proof failed: {words}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class World:
    """A bot, Caddy and a fake Telegram. Everything that they write is in one folder."""

    def __init__(self, products, folder):
        self.products, self.folder = products, folder
        self.telegram = Telegram()
        self.bot_port, self.caddy_port = free_port(), free_port()
        self.data = folder / "data"
        self.bot = None
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.telegram.url,
            "WEBHOOK_PORT": str(self.bot_port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.caddy_port}/api",
            "OKAI_DATA_DIR": str(self.data),
            "OKAI_ADMINS": "42",
            "WALRUS_AGGREGATOR_URL": "embedded",
            "WALRUS_PUBLISHER_URL": "embedded",
            # OKAI_IMAGE_COMMAND names the command of another image, such as that of NixOS.
            "OKAI_IMAGE_COMMAND": os.environ.get("OKAI_IMAGE_COMMAND")
            or f"{ROOT}/image/debian/build --worker {products}/okai-worker",
        }
        caddy = dict(
            os.environ,
            HOME=str(folder),
            OKAI_BIND="127.0.0.1",
            OKAI_SITE=f":{self.caddy_port}",
            OKAI_BOT=f"127.0.0.1:{self.bot_port}",
            OKAI_IMAGE_DIR=str(self.data / "images"),
        )
        self.caddy = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", str(ROOT / "Caddyfile")],
            env=caddy,
            stdout=open(folder / "caddy.log", "w"),
            stderr=subprocess.STDOUT,
        )

    def start_bot(self):
        self.bot = subprocess.Popen(
            [f"{self.products}/okaibot", "serve"],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=open(self.folder / "bot.log", "a"),
        )

    def end_bot(self, how=signal.SIGTERM):
        self.bot.send_signal(how)
        return self.bot.wait(30)

    def query(self, sql, *arguments):
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/okai.sqlite?mode=ro", uri=True)) as connection:
            return connection.execute(sql, arguments).fetchall()

    def job(self, run):
        columns = "id, state, phase, rescues, attempt, handle, outcome, failure"
        rows = self.query(f"SELECT {columns} FROM job WHERE runID = ?", run)
        names = columns.split(", ")
        return dict(zip(names, rows[0] if rows else [None] * len(names)))

    def wait_for_end(self, run, seconds):
        """Waits until the end message of the run is sent, and returns the run's job."""
        self.wait_for(f"the end message of run {run}", seconds, lambda: self.end_messages(run) == [("sent", 0)])
        return self.job(run)

    def end_messages(self, run):
        """State and number of repeated sends of each end message of the run."""
        return self.query("SELECT state, repeats FROM outbox WHERE kind = 'ended' AND subject = ?", run)

    def phases(self, run):
        sql = "SELECT detail FROM runEvent WHERE runID = ? AND what = 'phase' ORDER BY id"
        return [phase for (phase,) in self.query(sql, run)]

    def machines(self):
        """The process ids of the qemu processes of this bot."""
        found = []
        for process in pathlib.Path("/proc").iterdir():
            if process.name.isdigit():
                try:
                    arguments = (process / "cmdline").read_bytes()
                except OSError:
                    continue
                if b"qemu-system" in arguments and str(self.data).encode() in arguments:
                    found.append(int(process.name))
        return found

    def wait_for(self, words, seconds, condition):
        end = time.monotonic() + seconds
        while not condition():
            check(time.monotonic() < end, f"{words}: not within {seconds} s\n{self.console()}")
            check(self.bot is None or self.bot.poll() is None, "the bot ended unexpectedly")
            time.sleep(0.2)

    def console(self):
        return "\n".join(
            path.read_text(errors="replace")[-3000:] for path in (self.data / "machines").glob("*/console")
        )

    def end(self):
        for pid in self.machines():
            os.kill(pid, signal.SIGKILL)
        for process in (self.bot, self.caddy):
            if process and process.poll() is None:
                process.kill()
                process.wait()


def build(world):
    world.telegram.say("/build")
    world.telegram.hear(["Run 1"], 60)
    job = world.wait_for_end(1, 600)
    check(job["state"] == "completed", f"the build is {job['state']}: {job['failure']}")
    image = json.loads(job["outcome"])["built"]["image"]
    text = world.telegram.hear([image["name"]], 30)
    url = re.search(r"http://[^<\s]+\.qcow2", text)[0]
    wanted = re.search(r"\b[0-9a-f]{64}\b", text)[0]
    check(wanted == image["sha256"], f"the chat says {wanted}, but the outcome {image['sha256']}")
    with urllib.request.urlopen(url) as answer:
        found = hashlib.file_digest(answer, "sha256").hexdigest()
    size = int(urllib.request.urlopen(urllib.request.Request(url, method="HEAD")).headers["Content-Length"])
    check(found == wanted, f"{url} has the SHA-256 {found}, but the chat says {wanted}")
    check(size < 150e6, f"the image has {size} bytes, which is more than 150 MB")
    report(f"image built, published and downloaded: {size} bytes")
    return url


def check_result(world, run):
    """Checks everything that a run that succeeded must have left; returns the ID of its model."""
    job = world.job(run)
    check(job["state"] == "completed", f"run {run} is {job['state']}: {job['failure']}")
    result = json.loads(job["outcome"])["trained"]["result"]
    blobs = world.data / "blobs"
    for blob in (result["model"]["id"], result["receipt"]["id"]):
        path = world.folder / "blob"
        shutil.copy(blobs / blob, path)
        found = subprocess.check_output([f"{world.products}/okaibot", "walrus", "id", str(path)], text=True)
        check(blob in found, f"the bytes of {blob} have another ID: {found}")
    receipt = json.loads((blobs / result["receipt"]["id"]).read_text())
    check(receipt["dataset"]["id"] == IRIS, f"the receipt names another dataset: {receipt['dataset']}")
    check(receipt["model"]["id"] == result["model"]["id"], "the receipt names another model")
    lines = subprocess.check_output(
        [f"{world.products}/okaibot", "predict", str(blobs / result["model"]["id"]), str(blobs / IRIS)], text=True
    ).splitlines()
    check(len(lines) == 151 and lines[1].startswith("setosa,"), "the model does not predict iris")
    phases = world.phases(run)
    check(phases == ["pulling", "reading", "training", "pushing"], f"the phases are {phases}")
    check(world.end_messages(run) == [("sent", 0)], "the chat did not get exactly one end message")
    return result["model"]["id"]


def gone(world):
    world.wait_for("the machine is gone", 120, lambda: not world.machines())
    world.wait_for("nothing of it is left", 120, lambda: not list((world.data / "machines").glob("[0-9]*")))


def happy(world):
    world.telegram.say(f"/train {IRIS} engine=vm")
    world.wait_for_end(2, 300)
    model = check_result(world, 2)
    report(f"trained in a virtual machine: {model}")
    world.telegram.say(f"/train {IRIS} engine=local")
    world.wait_for_end(3, 60)
    check(check_result(world, 3) == model, "a local run made another model")
    report("a local run made the same model")
    gone(world)
    report("the machine is gone")


def missing(world, run):
    world.telegram.say(f"/train {MISSING} engine=vm")
    job = world.wait_for_end(run, 300)
    check(job["state"] == "discarded", f"a run of a missing blob is {job['state']}")
    check(json.loads(job["failure"])["phase"] == "pulling", f"a missing blob fails in another way: {job['failure']}")
    check(world.phases(run) == ["pulling"], f"the worker went on without the data: {world.phases(run)}")
    gone(world)
    report("a missing blob fails while pulling, with one message, and nothing is trained")


def restart(world, run):
    """Kills the bot while the machine trains, and starts it again."""
    world.telegram.say(f"/train {large(world)} trees=3000 depth=none engine=vm")
    world.wait_for("the training has begun", 300, lambda: started(world, run))
    before = world.machines()
    world.end_bot(signal.SIGKILL)
    time.sleep(3)
    check(world.machines() == before, "the machine did not outlive the bot")
    world.start_bot()
    world.wait_for("the bot is back", 60, lambda: world.job(run)["state"] == "running")
    time.sleep(3)
    check(world.machines() == before, "the bot did not find its machine again")
    check(world.job(run)["rescues"] == 0, "the run was rescued although its machine was alive")
    report("a bot that was killed finds its machine again")


def killed(world, run):
    """Kills the machine while it trains, waits until another one trains, and cancels the run."""
    first = world.machines()
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    world.wait_for("another machine", 120, lambda: world.machines() not in ([], first))
    check(world.job(run)["rescues"] == 1, "the loss was not counted")
    lines = [line for (line,) in world.query("SELECT line FROM logLine WHERE jobID = ?", world.job(run)["id"])]
    check(any(line.startswith("console: ") for line in lines), "the end of the machine's console is not in the log")
    world.wait_for("it trains again", 300, lambda: started(world, run))
    report("a machine that was killed is replaced, and the new one trains")
    world.telegram.say(f"/cancel {run}")
    world.wait_for("it is cancelled", 60, lambda: world.job(run)["state"] == "cancelled")
    gone(world)
    report("the run is cancelled, and its machine gone")


def started(world, run):
    job = world.job(run)
    check(job["state"] != "discarded", f"run {run} failed: {job['failure']}")
    return job["phase"] == "training"


def large(world):
    """Puts a dataset of 20,000 rows into the bot's embedded Walrus, and returns its ID."""
    path = world.folder / "large.csv"
    state = 7
    with open(path, "w") as file:
        file.write("a,b,c,d,class\n")
        for _ in range(20_000):
            numbers = []
            for _ in range(5):
                state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
                numbers.append(state >> 33)
            file.write(",".join(str(number % 10_000) for number in numbers[:4]) + f",c{numbers[4] % 3}\n")
    blob = subprocess.check_output([f"{world.products}/okaibot", "walrus", "id", str(path)], text=True).split()[0]
    shutil.copy(path, world.data / "blobs" / blob)
    return blob


def main():
    products = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="okai-proof-"))
    world = World(products, folder)
    try:
        world.start_bot()
        url = build(world)
        if "sources" in sys.argv[2:]:
            image = next((world.data / "images").glob("*.qcow2"))
            sources.prove(image, folder, check, report)
            return report("proved: every source of a machine's settings")
        # From now on machines boot the image from its URL at Caddy.
        check(world.end_bot() == 0, "the bot did not end with exit code 0")
        world.environment["OKAI_VM_IMAGE"] = url
        world.start_bot()
        happy(world)
        report("proved: from a chat to a machine and back")
        if "happy" not in sys.argv[2:]:
            missing(world, 4)
            restart(world, 5)
            killed(world, 5)
            report("proved: the failures")
        check(world.end_bot() == 0, "the bot did not end with exit code 0")
        world.bot = None
        check(TOKEN.split(":")[1] not in (folder / "bot.log").read_text(), "a secret is in the bot's log")
    except SystemExit:
        print((folder / "bot.log").read_text()[-3000:], file=sys.stderr)
        print(world.console(), file=sys.stderr)
        raise
    finally:
        world.end()
        shutil.rmtree(folder, ignore_errors=True)


main()
