"""Measures time and memory of a large blob that goes to a Walrus and comes back.

`okaibot walrus put` and `get` against `okaibot walrus serve` on loopback, with 1 GiB of random bytes (another size in
MiB as argument). Memory is the private memory of each process (RssAnon), sampled, and reported separately for the time while
bytes move and the time while an ID is computed. The unit is a copy of the same file, synced to disk, in the same run.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

MEBIBYTE = 1 << 20


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    size = int(sys.argv[2] if len(sys.argv) > 2 else 1024) * MEBIBYTE
    with tempfile.TemporaryDirectory(dir=".") as folder:
        folder = pathlib.Path(folder).resolve()
        source, blobs = folder / "source", folder / "blobs"
        write_random(source, size)
        unit = timed(lambda: copy(source, folder / "unit"))
        server, environment = serve(okaibot, blobs, size)
        try:
            put = Watch(server, blobs, [okaibot, "walrus", "put", source], environment, folder)
            blob = put.output.strip()
            get = Watch(server, folder, [okaibot, "walrus", "get", blob, folder / "copy"], environment, folder)
        finally:
            server.terminate()
            server.wait(timeout=30)
        if subprocess.run(["cmp", source, folder / "copy"]).returncode != 0:
            sys.exit("the file that came back differs from the one that was put")
    print(f"copy of {size // MEBIBYTE} MiB, synced: {unit:.1f} s (the unit)")
    print("              in all   moving            memory while moving    while computing IDs")
    print("             seconds  seconds  units     client     server     client     server")
    for name, watch in [("put", put), ("get", get)]:
        times = f"{watch.seconds:9.1f} {watch.moving:8.1f} {watch.moving / unit:6.2f}"
        peaks = [f"{peak:6.1f} MiB" for moves in (True, False) for peak in watch.peaks(moves)]
        print(f"walrus {name} {times} {' '.join(peaks)}")


class Watch:
    """Runs a command to its end and samples both processes: (do bytes move, client's memory, server's memory)."""

    def __init__(self, server, folder, command, environment, cwd):
        self.samples, self.moving = [], 0.0
        start = last_time = time.monotonic()
        process = subprocess.Popen(
            command, env=environment, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        last = 0
        while process.poll() is None:
            partial, now = partial_size(folder), time.monotonic()
            moves = partial != last and partial > 0
            self.samples.append((moves, own_memory(process.pid), own_memory(server.pid)))
            self.moving += (now - last_time) * moves
            last, last_time = partial, now
            time.sleep(0.01)
        self.seconds = time.monotonic() - start
        self.output = process.stdout.read()
        if process.returncode != 0:
            sys.exit(f"{command[:3]} failed")

    def peaks(self, moves):
        samples = [sample for sample in self.samples if sample[0] == moves] or [(moves, 0, 0)]
        return max(sample[1] for sample in samples), max(sample[2] for sample in samples)


def partial_size(folder):
    sizes = []
    for path in folder.glob("*.part"):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:
            pass  # it was renamed just now
    return sum(sizes)


def own_memory(pid):
    """Private memory of a process in MiB."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(fields.get("RssAnon", "0 kB").split()[0]) / 1024


def serve(okaibot, blobs, limit):
    command = [okaibot, "walrus", "serve", "--port", "0", "--folder", blobs, "--limit", str(limit)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    url = server.stdout.readline().strip()
    environment = {"PATH": os.environ["PATH"], "WALRUS_AGGREGATOR_URL": url, "WALRUS_PUBLISHER_URL": url}
    return server, environment


def write_random(path, size):
    with open(path, "wb") as file:
        for _ in range(size // MEBIBYTE):
            file.write(os.urandom(MEBIBYTE))


def copy(source, target):
    with open(source, "rb") as reader, open(target, "wb") as writer:
        while chunk := reader.read(MEBIBYTE):
            writer.write(chunk)
        os.fsync(writer.fileno())
    target.unlink()


def timed(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


main()
