"""Measures jobs per second in the store and the state machine alone, and the time to a claim: no worker, no HTTP.

usage: scripts/bench jobs
"""

import os
import pathlib
import sqlite3
import sys
import tempfile
import time


def main():
    products = pathlib.Path(sys.argv[1]).resolve()
    folder = tempfile.mkdtemp(prefix="okai-bench-", dir=".")
    os.chdir(folder)
    print(f"commits of one row by Python's sqlite3 at FULL, the unit: {commits_per_second():.0f} a second", flush=True)
    status = os.spawnv(os.P_WAIT, products / "JobsBench", ["JobsBench"])
    os.chdir("..")
    os.rmdir(folder)
    sys.exit(status)


def commits_per_second():
    """The rate that the disk allows when every row is synced to it."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        database = sqlite3.connect(f"{folder}/unit.sqlite", isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE unit (text TEXT)")
        count, start = 0, time.monotonic()
        while time.monotonic() - start < 2:
            database.execute("INSERT INTO unit VALUES (?)", ["x" * 200])
            count += 1
        database.close()
        return count / 2


main()
