"""Reads a CSV file to a matrix of 32-bit floats with another library: read.py FILE polars|pandas

Prints seconds of wall and CPU time as JSON. The file is in the system's cache before the measurement.
"""

import json
import os
import pathlib
import sys
import time

path, library = sys.argv[1:3]
os.environ["POLARS_MAX_THREADS"] = str(os.cpu_count())

import numpy

if library == "polars":
    import polars

    load = lambda: polars.read_csv(path).to_numpy().astype(numpy.float32)
else:
    import pandas

    load = lambda: pandas.read_csv(path).to_numpy(dtype=numpy.float32)
pathlib.Path(path).read_bytes()
wall, cpu = time.perf_counter(), time.process_time()
load()
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))
