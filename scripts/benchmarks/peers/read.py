"""Reads a CSV file with another library: read.py FILE polars|polars-matrix|duckdb|pandas-matrix

polars and duckdb read to columns in memory, the others to a matrix of 32-bit floats, which needs a table of numbers.
Prints seconds of wall and CPU time, and the library's version, as JSON. The file is in the system's cache before the
measurement.
"""

import json
import os
import pathlib
import sys
import time

path, library = sys.argv[1:3]
os.environ["POLARS_MAX_THREADS"] = str(os.cpu_count())

import numpy

if library.startswith("polars"):
    import polars as module

    columns = lambda: module.read_csv(path)
elif library == "duckdb":
    import duckdb as module

    columns = lambda: module.read_csv(path).arrow().read_all()
else:
    import pandas as module

    columns = lambda: module.read_csv(path)
load = (lambda: columns().to_numpy().astype(numpy.float32)) if library.endswith("-matrix") else columns
pathlib.Path(path).read_bytes()
wall, cpu = time.perf_counter(), time.process_time()
load()
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu, module.__version__]))
