"""Measures the reading of a table, and the whole of `okaibot train` on a small one.

    scripts/bench tables [FILE.csv] [--peers]

Without a file, the script makes two of 200,000 rows: one of plain numbers, and one of dates, amounts, percentages and
texts as people write them. With --peers, polars, DuckDB and pandas read the same files in turn with ours, on as many
threads: to columns, and those named "matrix" to a matrix of 32-bit floats. Figures are medians. Compare figures of one
run only, not of different machines.
"""

import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import peers

SMALL = pathlib.Path("Tests/TrainerTests/Data/iris.csv").resolve()
RUNS = 5
CLEAN_PEERS = ["polars", "polars-matrix", "duckdb", "pandas-matrix"]
MESSY_PEERS = ["polars", "duckdb"]


def main():
    okaibot = pathlib.Path(sys.argv[1]).resolve() / "okaibot"
    arguments = [argument for argument in sys.argv[2:] if argument != "--peers"]
    with tempfile.TemporaryDirectory() as folder:
        small(okaibot, folder)
        clean = pathlib.Path(arguments[0]) if arguments else made(folder)
        print("plain numbers")
        reading(okaibot, clean.resolve(), folder, CLEAN_PEERS if "--peers" in sys.argv else [])
        if not arguments:
            print("as people write them")
            reading(okaibot, messy(folder), folder, MESSY_PEERS if "--peers" in sys.argv else [])


def small(okaibot, folder):
    """Compares a whole training on 150 rows with the start of a Python interpreter."""
    ours, unit = [], []
    for _ in range(4 * RUNS):
        ours.append(measured([okaibot, "train", SMALL, "--out", f"{folder}/small"]))
        unit.append(measured([sys.executable, "-c", "pass"]))
    wall, cpu, resident = (statistics.median(values) for values in zip(*ours))
    python = statistics.median(wall for wall, _, _ in unit)
    print(f"start of python3                 {python * 1000:7.1f} ms   (the unit)")
    print(f"okaibot train iris.csv           {wall * 1000:7.1f} ms   {wall / python:5.2f} units, "
          f"CPU {cpu * 1000:.1f} ms, {resident / 1024:.1f} MiB")


def reading(okaibot, path, folder, others):
    """Measures bytes of a file to columns in memory. The file is in the system's cache."""
    size = path.stat().st_size / 1e6
    path.read_bytes()
    walls = {name: [] for name in ["ours", *others]}
    cpus, versions = {name: [] for name in others}, {}
    resident = 0
    for _ in range(RUNS):
        command = [okaibot, "train", path, "trees=1", "depth=1", "--out", f"{folder}/large"]
        resident = max(resident, measured(command)[2])
        walls["ours"].append(json.loads(pathlib.Path(f"{folder}/large/report.json").read_text())["cost"]["read"])
        for name in others:
            wall, cpu, versions[name] = json.loads(peers.run("read.py", path, name))
            walls[name].append(wall)
            cpus[name].append(cpu)
    for name, times in walls.items():
        wall = statistics.median(times)
        tail = f"CPU {statistics.median(cpus[name]):.2f} s" if name in cpus else f"training and all {resident / 1024:.0f} MiB"
        share = wall / statistics.median(walls["ours"])
        version = f"{name} {versions[name]}" if name in versions else name
        print(f"{size:.0f} MB, {version:20} {wall:7.2f} s  {size / wall:5.0f} MB/s  {share:5.2f} of our time, {tail}")


def made(folder):
    """Makes a table of 200,000 rows of numbers with 8 digits, and a class."""
    path = pathlib.Path(folder) / "table.csv"
    source = random.Random(7)
    with path.open("w") as file:
        file.write(",".join(f"f{index}" for index in range(30)) + ",target\n")
        for _ in range(200_000):
            file.write(",".join(f"{source.gauss(0, 1):.8g}" for _ in range(30)) + f",{source.randrange(5)}\n")
    return path


def messy(folder):
    """Makes a table of 200,000 rows of dates, amounts, percentages, texts and gaps, and a class."""
    path = pathlib.Path(folder) / "messy.csv"
    source = random.Random(7)
    towns = [f"town {index}" for index in range(300)]
    with path.open("w") as file:
        file.write("when,day,amount,share,weight,town,count,target\n")
        for _ in range(200_000):
            month, day = source.randrange(1, 13), source.randrange(1, 29)
            file.write(
                f"2023-{month:02}-{day:02} {source.randrange(24):02}:{source.randrange(60):02}:00,"
                f"{day:02}/{month:02}/2023,\"${source.randrange(1, 5_000_000) / 100:,.2f}\","
                f"{source.randrange(1000) / 10}%,{source.randrange(90)} kg,{source.choice(towns)},"
                f"{'Unknown' if source.random() < 0.01 else source.randrange(10_000)},{source.randrange(5)}\n"
            )
    return path


def measured(command):
    """Seconds of wall time, seconds of CPU time, and peak memory in kilobytes."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


main()
