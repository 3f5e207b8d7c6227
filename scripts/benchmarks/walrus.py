"""Measures the computation of blob IDs, on one core and on all, and its memory.

The unit is three million BLAKE2b hashes of 65 bytes by Python's hashlib, measured in the same run, so
that figures of different machines compare. Times are those of the whole process, `okaibot walrus id`, start included.
"""

import hashlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20
SIZES = {"1 KiB": 1 << 10, "1 MiB": MIB, "32 MiB": 32 * MIB, "256 MiB": 256 * MIB}
RUNS = 5
GIB = 1 << 30


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    cores = sorted(os.sched_getaffinity(0))
    unit = hashes()
    print(f"3,000,000 hashes by hashlib  {unit:7.3f} s   (CPU time, the unit)\n")
    print(f"median of {RUNS}     one core                           {len(cores)} cores")
    print("             CPU s    MB/s    units    MiB      CPU s   wall s    MB/s")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "blob")
        for name, size in SIZES.items():
            write(file, size)
            cpu, wall, peak = median(okaibot, file, cores[:1])
            print(f"{name:9}  {cpu:7.3f} {size / wall / 1e6:7.1f}  {cpu / unit:7.3f} {peak / MIB:6.0f}", end="")
            cpu, wall, _ = median(okaibot, file, cores)
            print(f"    {cpu:7.3f}  {wall:7.3f} {size / wall / 1e6:7.1f}")
        write(file, GIB)
        print_memory(okaibot, file)


def hashes():
    """CPU seconds of the unit."""
    message, start = bytes(65), time.process_time()
    for _ in range(3_000_000):
        hashlib.blake2b(message, digest_size=32).digest()
    return time.process_time() - start


def write(file, size):
    with file.open("wb") as out:
        for start in range(0, size, MIB):
            out.write(os.urandom(min(MIB, size - start)))


def median(okaibot, file, cores):
    """CPU seconds, wall-clock seconds and peak bytes of a run on some cores."""
    runs = [measure(okaibot, file, cores) for _ in range(RUNS)]
    return [statistics.median(values) for values in zip(*runs)]


def measure(okaibot, file, cores):
    start = time.monotonic()
    process = spawn(okaibot, file, cores)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("okaibot walrus id failed")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024


def spawn(okaibot, file, cores):
    return subprocess.Popen(
        [okaibot, "walrus", "id", file],
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )


def print_memory(okaibot, file):
    """Peak of the memory beyond the mapped file, sampled every five milliseconds."""
    process, own = spawn(okaibot, file, os.sched_getaffinity(0)), 0
    while process.poll() is None:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        own = max([own] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")])
        time.sleep(0.005)
    print(f"\nmemory for 1 GiB beyond the mapped file: {own / 1024:.0f} MiB (half the file, and {own / 1024 - 512:.0f})")


main()
